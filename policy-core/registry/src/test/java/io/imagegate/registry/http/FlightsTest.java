package io.imagegate.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.registry.share.Share;
import io.imagegate.time.ManualTime;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private final Flights flights =
            new Flights(new FlightLimits(Duration.ofMinutes(1), 4, 2, 8), Runnable::run, TimeSource.system());
    private final List<CompletableFuture<String>> started = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();

    private CompletableFuture<String> submit(String entry) {
        return flights.submit(Share.of(entry), () -> {
            entries.add(entry);
            CompletableFuture<String> flight = new CompletableFuture<>();
            started.add(flight);
            return flight;
        });
    }

    @Test
    @DisplayName("two for each entry and four in all run; the next starts when one ends, entries taking turns")
    void limits() {
        assertThat(Stream.of("a", "a", "a", "b", "b", "b", "c").map(this::submit))
                .hasSize(7);
        assertThat(started).hasSize(4);
        assertThat(flights.waiting()).isEqualTo(3);
        started.get(0).complete("x");
        assertThat(started).hasSize(5);
        assertThat(entries).last().isEqualTo("a");
        started.get(4).completeExceptionally(new IllegalStateException());
        started.get(1).complete("x");
        assertThat(entries).as("c came last, and still flies").last().isEqualTo("c");
        for (int i = 0; i < 7; i++) {
            started.get(i).complete("x");
        }
        assertThat(flights.running()).isZero();
        assertThat(flights.waiting()).isZero();
    }

    @Test
    @DisplayName("one entry takes half of the waiting places, the next half of the rest")
    void waiting() {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(submit("a"));
        }
        assertThat(flights.waiting()).isEqualTo(4);
        assertThat(all.get(9)).isCompletedExceptionally();
        for (int i = 0; i < 10; i++) {
            all.add(submit("b"));
        }
        assertThat(flights.waiting()).isEqualTo(6);
        assertThatThrownBy(all.get(19)::join).hasMessageContaining("too many look-ups wait");
    }

    @Test
    @DisplayName("once closed, nothing starts, and what waits or comes is refused")
    void closed() {
        List<CompletableFuture<String>> all =
                Stream.generate(() -> submit("a")).limit(3).toList();
        flights.close();
        assertThatThrownBy(all.get(2)::join).hasMessageContaining("closed");
        assertThatThrownBy(submit("b")::join).hasMessageContaining("closed");
        started.get(0).complete("x");
        assertThatThrownBy(submit("a")::join).hasMessageContaining("closed");
        assertThat(started).hasSize(2);
    }

    @Test
    @DisplayName("a look-up whose turn comes when the executor has ended is refused")
    void executorEnded() {
        Flights ended = new Flights(
                new FlightLimits(Duration.ofMinutes(1), 64, 8, 1_024),
                work -> {
                    throw new RejectedExecutionException();
                },
                TimeSource.system());
        CompletableFuture<String> first = new CompletableFuture<>();
        List<CompletableFuture<String>> all = Stream.generate(() -> ended.submit(Share.of("a"), () -> first))
                .limit(9)
                .toList();
        first.complete("x");
        assertThat(all.get(8)).isDone();
        assertThatThrownBy(all.get(8)::join).hasMessageContaining("closed");
    }

    @Test
    @DisplayName("a look-up that has waited as long as a flight may last is refused, and leaves its place")
    void overdue() {
        ManualTime clock = new ManualTime("2026-11-26T00:00:00Z");
        Flights few = new Flights(new FlightLimits(Duration.ofSeconds(10), 1, 1, 2), Runnable::run, clock);
        CompletableFuture<String> first = new CompletableFuture<>();
        assertThat(few.submit(Share.of("a"), () -> first)).isNotDone();
        CompletableFuture<String> second = few.submit(Share.of("a"), () -> CompletableFuture.completedFuture("second"));
        clock.pass(Duration.ofMillis(9_999));
        assertThat(second).isNotDone();
        clock.pass(Duration.ofMillis(1));
        assertThatThrownBy(second::join).hasMessageContaining("too many look-ups wait");
        assertThat(few.waiting()).isZero();
        CompletableFuture<String> third = few.submit(Share.of("a"), () -> CompletableFuture.completedFuture("third"));
        first.complete("first");
        assertThat(third).isCompletedWithValue("third");
        assertThat(few.running()).isZero();
        assertThat(clock.timers()).isZero();
    }
}
