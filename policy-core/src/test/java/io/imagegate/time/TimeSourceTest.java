package io.imagegate.time;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeSourceTest {

    private final ManualTime time = new ManualTime("2026-11-26T00:00:00Z");

    @Test
    @DisplayName("a future ends with a value or a failure after its limit, and with its own value before")
    void limits() {
        CompletableFuture<String> value = time.completeAfter(new CompletableFuture<>(), ofSeconds(2), () -> "late");
        CompletableFuture<String> failure = time.failAfter(new CompletableFuture<>(), ofSeconds(2));
        CompletableFuture<String> own = time.failAfter(new CompletableFuture<>(), ofSeconds(2));
        own.complete("own");
        time.pass(ofMillis(1_999));
        assertThat(value).isNotDone();
        assertThat(failure).isNotDone();
        time.pass(ofMillis(1));
        assertThat(value).isCompletedWithValue("late");
        assertThat(failure).failsWithin(ofSeconds(0)).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(own).isCompletedWithValue("own");
    }

    @Test
    @DisplayName("a future that ends, however it does, leaves no timer behind; one that has ended gets none")
    void timersEnd() {
        CompletableFuture<String> value = time.failAfter(new CompletableFuture<>(), ofSeconds(2));
        CompletableFuture<String> failure = time.failAfter(new CompletableFuture<>(), ofSeconds(2));
        CompletableFuture<String> cancelled = time.failAfter(new CompletableFuture<>(), ofSeconds(2));
        assertThat(time.timers()).isEqualTo(3);
        value.complete("value");
        failure.completeExceptionally(new IllegalStateException());
        cancelled.cancel(false);
        CompletableFuture<String> ended = time.failAfter(CompletableFuture.completedFuture("value"), ofSeconds(2));
        assertThat(time.timers()).isZero();
        assertThat(ended).isCompletedWithValue("value");
    }

    @Test
    @DisplayName(
            "timers run in the order in which they are due, also those that a timer starts; a cancelled one does not")
    void order() {
        List<String> ran = new ArrayList<>();
        time.schedule(ofSeconds(2), () -> ran.add("second"));
        time.schedule(ofSeconds(1), () -> time.schedule(ofMillis(500), () -> ran.add("first")));
        time.schedule(ofSeconds(1), () -> ran.add("never")).cancel();
        time.pass(ofSeconds(2));
        assertThat(ran).containsExactly("first", "second");
        assertThat(time.instant()).isEqualTo("2026-11-26T00:00:02Z");
        assertThat(time.since(0)).isEqualTo(ofSeconds(2));
    }

    @Test
    @DisplayName("the machine's timers run, and a cancelled one does not")
    void machine() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        TimeSource.system().schedule(ofMillis(500), () -> ran.complete("first")).cancel();
        TimeSource.system().schedule(ofMillis(600), () -> ran.complete("second"));
        assertThat(ran.get(30, TimeUnit.SECONDS)).isEqualTo("second");
    }

    @Test
    @DisplayName("a source of instants gets the machine's timers, unless it has its own")
    void instants() {
        TimeSource fixed = TimeSource.of(InstantSource.fixed(Instant.EPOCH));
        assertThat(fixed.instant()).isEqualTo(Instant.EPOCH);
        assertThat(fixed.nanos()).isNotEqualTo(0);
        assertThat(TimeSource.of(time)).isSameAs(time);
    }
}
