package io.imagegate.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private final Flights flights = new Flights(new FlightLimits(Duration.ofMinutes(1), 4, 2, 8), Runnable::run, TimeSource.system());
    private final List<CompletableFuture<String>> started = new ArrayList<>();

    private CompletableFuture<String> fly(Lane lane) {
        return flights.fly(lane, () -> {
            CompletableFuture<String> flight = new CompletableFuture<>();
            started.add(flight);
            return flight;
        });
    }

    @Test
    @DisplayName("two for each entry and four in all fly; the next starts when one lands, entries taking turns")
    void limits() {
        Lane a = new Lane();
        Lane b = new Lane();
        Lane c = new Lane();
        assertThat(Stream.of(a, a, a, b, b, b, c).map(this::fly)).hasSize(7);
        assertThat(started).hasSize(4);
        assertThat(flights.waiting()).isEqualTo(3);
        started.get(0).complete("x");
        assertThat(started).hasSize(5);
        assertThat(a.flying).isEqualTo(2);
        started.get(4).completeExceptionally(new IllegalStateException());
        started.get(1).complete("x");
        assertThat(c.flying).as("c came last, and still flies").isEqualTo(1);
        for (int i = 0; i < 7; i++) {
            started.get(i).complete("x");
        }
        assertThat(flights.flying()).isZero();
        assertThat(flights.waiting()).isZero();
    }

    @Test
    @DisplayName("one entry takes half of the waiting places, the next half of the rest")
    void waiting() {
        Lane a = new Lane();
        Lane b = new Lane();
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(fly(a));
        }
        assertThat(a.queue).hasSize(4);
        assertThat(all.get(9)).isCompletedExceptionally();
        for (int i = 0; i < 10; i++) {
            all.add(fly(b));
        }
        assertThat(b.queue).hasSize(2);
        assertThatThrownBy(all.get(19)::join).hasMessageContaining("too many look-ups wait");
    }

    @Test
    @DisplayName("once closed, nothing starts, and what waits or comes is refused")
    void closed() {
        Lane lane = new Lane();
        List<CompletableFuture<String>> all =
                Stream.generate(() -> fly(lane)).limit(3).toList();
        flights.close();
        assertThatThrownBy(all.get(2)::join).hasMessageContaining("closed");
        assertThatThrownBy(fly(new Lane())::join).hasMessageContaining("closed");
        started.get(0).complete("x");
        assertThatThrownBy(fly(lane)::join).hasMessageContaining("closed");
        assertThat(started).hasSize(2);
    }

    @Test
    @DisplayName("a look-up whose turn comes when the executor has ended is refused")
    void executorEnded() {
        Flights ended = new Flights(new FlightLimits(Duration.ofMinutes(1), 64, 8, 1_024), work -> {
            throw new RejectedExecutionException();
        }, TimeSource.system());
        Lane lane = new Lane();
        CompletableFuture<String> first = new CompletableFuture<>();
        List<CompletableFuture<String>> all =
                Stream.generate(() -> ended.fly(lane, () -> first)).limit(9).toList();
        first.complete("x");
        assertThat(all.get(8)).isDone();
        assertThatThrownBy(all.get(8)::join).hasMessageContaining("closed");
    }

    @Test
    @DisplayName(
            "one entry takes half of the bytes, the next half of the rest, and what is released can be taken again")
    void bytes() {
        ByteBudget budget = new ByteBudget(1_000);
        Lane a = new Lane();
        Lane b = new Lane();
        assertThat(budget.take(a, 500)).isTrue();
        assertThat(budget.take(a, 1)).isFalse();
        assertThat(budget.take(b, 250)).isTrue();
        assertThat(budget.take(b, 1)).isFalse();
        budget.release(a, 500);
        assertThat(budget.take(b, 125)).isTrue();
        assertThat(budget.take(a, 312)).isTrue();
        assertThat(budget.take(a, 2)).isFalse();
    }
}
