package io.imagegate.registry.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    /** Half of all callers. */
    private static final int SHARE = 8 << 10;

    private final SingleFlight<String, String> flight = new SingleFlight<>(thrown -> "failed: " + thrown);
    private final List<CompletableFuture<String>> asked = new ArrayList<>();

    private CompletableFuture<String> work() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private CompletableFuture<String> ask(String key) {
        return flight.ask(key, "entry", Optional::empty, this::work).orElseThrow();
    }

    @Test
    @DisplayName("equal questions are asked once at a time, others and later ones again")
    void once() {
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> second = ask("a");
        assertThat(ask("b")).isNotDone();
        assertThat(asked).hasSize(2);
        asked.get(0).complete("answer");
        assertThat(first).isCompletedWithValue("answer");
        assertThat(second).isCompletedWithValue("answer");
        assertThat(ask("a")).isNotDone();
        assertThat(asked).hasSize(3);
    }

    @Test
    @DisplayName(
            "an answer that is kept, also one since the caller looked for it, is taken and leaves no question open")
    void kept() {
        for (List<Optional<String>> looks :
                List.of(List.of(Optional.of("kept")), List.of(Optional.<String>empty(), Optional.of("kept")))) {
            assertThat(flight.ask("a", "entry", looks.iterator()::next, this::work)
                            .orElseThrow())
                    .isCompletedWithValue("kept");
        }
        assertThat(asked).isEmpty();
        assertThat(ask("a")).isNotDone();
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName("a cancelled caller ends no work that others wait for, not even the one that asked first")
    void cancelled() {
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> second = ask("a");
        first.cancel(true);
        second.complete("late");
        CompletableFuture<String> third = ask("a");
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).isNotDone();
        asked.get(0).complete("answer");
        assertThat(third).isCompletedWithValue("answer");
    }

    @Test
    @DisplayName(
            "callers of one entry are limited, also those who gave up, until the work ends; other entries have their share")
    void callers() {
        for (int i = 0; i < SHARE; i++) {
            ask("a").cancel(false);
        }
        assertThat(flight.ask("a", "entry", Optional::empty, this::work)).isEmpty();
        assertThat(flight.ask("b", "entry", Optional::empty, this::work)).isEmpty();
        assertThat(flight.ask("c", "other", Optional::empty, this::work)).isPresent();
        asked.get(0).complete("answer");
        assertThat(flight.ask("a", "entry", Optional::empty, this::work)).isPresent();
    }

    @Test
    @DisplayName("work that throws, or an error of the JVM, is an answer, and the question can be asked again")
    void failures() {
        Optional<CompletableFuture<String>> thrown = flight.ask("a", "entry", Optional::empty, () -> {
            throw new NoClassDefFoundError("meant");
        });
        assertThat(thrown.orElseThrow().join()).startsWith("failed: ").contains("meant");
        CompletableFuture<String> failed = ask("a");
        asked.get(0).completeExceptionally(new IllegalStateException("broken"));
        assertThat(failed.join()).contains("broken");
    }

    @Test
    @DisplayName("at the end all get one answer")
    void end() {
        CompletableFuture<String> first = ask("a");
        flight.answerAll("closed");
        assertThat(first).isCompletedWithValue("closed");
        asked.get(0).complete("answer");
        assertThat(first).isCompletedWithValue("closed");
    }
}
