package io.imagegate.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of progress on a terminal. */
class ProgressTest {

    private static final String CLEAR = "\r\u001b[K";

    private final List<String> shown = new ArrayList<>();
    private final TestTime time = new TestTime();

    /** A clock that the test moves, with one timer. */
    private static final class TestTime implements TimeSource {

        private long now;
        private long due;
        private Runnable task = () -> {};

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Timer schedule(Duration delay, Runnable next) {
            due = now + delay.toNanos();
            task = next;
            return () -> task = () -> {};
        }

        void pass(Duration duration) {
            long end = now + duration.toNanos();
            while (due > now && due <= end) {
                now = due;
                task.run();
            }
            now = end;
        }
    }

    @Test
    void aShortCheckShowsNothing() {
        try (Progress progress = Progress.on(shown::add, time)) {
            progress.begin(2);
            time.pass(Duration.ofMillis(900));
            progress.finish(2);
            progress.clear();
        }
        time.pass(Duration.ofSeconds(10));
        assertThat(shown).isEmpty();
    }

    @Test
    void aLongCheckShowsImagesAndTime() {
        try (Progress progress = Progress.on(shown::add, time)) {
            progress.begin(24);
            progress.finish(3);
            time.pass(Duration.ofSeconds(1));
            assertThat(shown).containsExactly(CLEAR + "3 of 24 images checked, 1 s");
            progress.finish(20);
            time.pass(Duration.ofSeconds(2));
            assertThat(shown).last().isEqualTo(CLEAR + "23 of 24 images checked, 3 s");
        }
        assertThat(shown).last().isEqualTo(CLEAR);
        int lines = shown.size();
        time.pass(Duration.ofSeconds(10));
        assertThat(shown).hasSize(lines);
    }

    @Test
    void imagesThatTheResultLeavesOutAreNoLongerCounted() {
        try (Progress progress = Progress.on(shown::add, time)) {
            progress.begin(24);
            progress.finish(3);
            progress.drop(4);
            time.pass(Duration.ofSeconds(1));
            assertThat(shown).containsExactly(CLEAR + "3 of 20 images checked, 1 s");
        }
    }

    @Test
    void otherLinesReplaceIt() {
        try (Progress progress = Progress.on(shown::add, time)) {
            time.pass(Duration.ofSeconds(1));
            progress.clear();
            progress.clear();
            assertThat(shown).hasSize(2).last().isEqualTo(CLEAR);
        }
        assertThat(shown).hasSize(2);
    }
}
