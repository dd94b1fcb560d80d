package io.imagegate.server.serve;

import io.imagegate.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /livez}: whether the review port works, checked about every two seconds on its own thread. The
 * server is not live after several failed checks in a row, and live again after one successful check. Checks are
 * counted instead of time, so an overloaded or suspended machine raises no alarm.
 */
final class Liveness implements AutoCloseable {

    /** With {@link #INTERVAL}, the review port must fail for ten seconds. */
    static final int FAILURES = 5;

    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(Liveness.class.getName());

    /** One check of the review port. */
    interface Check {

        /**
         * Checks once.
         *
         * @param limit longest time of the check
         * @return what does not work; null if everything works
         */
        @Nullable
        String run(Duration limit) throws InterruptedException;
    }

    private final Check check;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int failures;
    private volatile @Nullable String failure;

    private Liveness(Check check, Duration interval) {
        this.check = check;
        this.interval = interval;
    }

    /**
     * Starts to check.
     *
     * @param check of the review port
     * @param interval between two checks, and longest time of one
     * @return the running checks; close them when the server ends, and the last answer stays
     */
    static Liveness start(Check check, Duration interval) {
        Liveness liveness = new Liveness(check, interval);
        Thread thread = new Thread(liveness::run, "imagegate-liveness");
        thread.setDaemon(true);
        thread.start();
        return liveness;
    }

    /** {@return why the review port does not work; empty if it works} */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void run() {
        try {
            long next = TimeSource.system().nanos();
            do {
                record(attempt());
                next = Math.max(next + interval.toNanos(), TimeSource.system().nanos());
            } while (!closed.await(next - TimeSource.system().nanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String attempt() throws InterruptedException {
        try {
            return check.run(interval);
        } catch (RuntimeException | OutOfMemoryError unforeseen) {
            return unforeseen.toString();
        }
    }

    private void record(@Nullable String problem) {
        if (closed.getCount() == 0) {
            return;
        }
        failures = problem == null ? 0 : failures + 1;
        String before = failure;
        if (problem == null) {
            failure = null;
            if (before != null) {
                LOG.log(Level.INFO, "live again: the review port accepts connections");
            }
        } else if (failures >= FAILURES) {
            failure = problem;
            if (before == null) {
                LOG.log(Level.ERROR, "not live: {0}", problem);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
