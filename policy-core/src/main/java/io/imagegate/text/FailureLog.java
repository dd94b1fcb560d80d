package io.imagegate.text;

import io.imagegate.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logs what foreign code throws, such as a listener or a source of facts: once a minute, with causes and stacks within limits.
 * Each has a log of its own, so that one hides nothing of another. Thread-safe; throws nothing.
 */
public final class FailureLog {

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final System.Logger log;
    private final LongSupplier nanos;
    private boolean used;
    private long last;
    private long left;

    /**
     * Makes a log for one piece of foreign code.
     *
     * @param log where messages go
     */
    public FailureLog(System.Logger log) {
        this(log, TimeSource.system()::nanos);
    }

    FailureLog(System.Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /**
     * Logs a failure as an error, unless there was another less than a minute ago. Such failures are counted in the next message.
     *
     * @param message what failed, and what follows
     * @param failure what was thrown
     */
    public void log(String message, Throwable failure) {
        long before = next();
        if (before < 0) {
            return;
        }
        String text = before == 0 ? message : message + " (" + before + " more since the last such message)";
        try {
            log.log(Level.ERROR, text, BoundedFailure.of(failure));
        } catch (Throwable unlogged) {
            // A logger is foreign code, too. What is decided is more important than the log.
        }
    }

    /** {@return the number of failures that were not logged, or -1 if this one is not either} */
    private synchronized long next() {
        long now = nanos.getAsLong();
        if (used && now - last < PERIOD_NANOS) {
            left++;
            return -1;
        }
        long before = left;
        used = true;
        last = now;
        left = 0;
        return before;
    }
}
