package io.imagegate.console;

import io.imagegate.time.TimeSource;
import java.time.Duration;

/** The time until which an answer must be there. */
final class Deadline {

    /** Thrown when the time is up. */
    static final class Passed extends Exception {

        private static final long serialVersionUID = 1L;

        Passed() {
            super("time is up", null, false, false);
        }
    }

    private final TimeSource clock;
    private final long start;
    private final Duration limit;

    Deadline(TimeSource clock, Duration limit) {
        this.clock = clock;
        this.start = clock.nanos();
        this.limit = limit;
    }

    void check() throws Passed {
        if (clock.since(start).compareTo(limit) > 0) {
            throw new Passed();
        }
    }
}
