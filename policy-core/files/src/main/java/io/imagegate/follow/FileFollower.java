package io.imagegate.follow;

import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files in intervals. A change is used when the next look finds the same, so a half-written file is never used. The
 * looks go on after every failure. Thread-safe.
 *
 * @param <S> what is read
 */
public final class FileFollower<S extends Snapshot> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<S> read;
    private final Consumer<S> use;
    private final Consumer<Throwable> failed;

    /** What was used last; null after a failure, so that everything is read again. */
    private @Nullable S settled;

    /** What is used if it is still the same at the next look. */
    private @Nullable S changed;

    private @Nullable String failure;
    private volatile boolean closed;
    private volatile @Nullable Timer next;
    private volatile @Nullable ExecutorService own;
    /** The thread of the executor that is this follower's own, once it has looked. */
    private volatile @Nullable Thread thread;

    /**
     * Makes a follower that does not look yet.
     *
     * @param settled what was read and used before; null if nothing was
     * @param read reads the files
     * @param use called with what was read
     * @param failed called when one of them throws, once for equal failures
     */
    public FileFollower(@Nullable S settled, Supplier<S> read, Consumer<S> use, Consumer<Throwable> failed) {
        this.settled = settled;
        this.read = read;
        this.use = use;
        this.failed = failed;
    }

    /**
     * Looks in intervals, on a thread of its own.
     *
     * @param name of the thread
     * @param time the clock
     * @param interval time between two looks
     */
    public void start(String name, TimeSource time, Duration interval) {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            thread = daemon;
            return daemon;
        });
        own = executor;
        start(executor, time, interval);
    }

    /**
     * Looks in intervals, on threads of an executor, which may be many: a look that hangs keeps its thread.
     *
     * @param threads run the looks
     * @param time the clock
     * @param interval time between two looks
     */
    public void start(Executor threads, TimeSource time, Duration interval) {
        next = time.schedule(interval, () -> threads.execute(() -> lookAndGoOn(threads, time, interval)));
        if (closed) {
            cancel();
        }
    }

    private void lookAndGoOn(Executor threads, TimeSource time, Duration interval) {
        try {
            look();
        } catch (Throwable unforeseen) {
            // Out of memory even for the report, for example: the next look follows.
        } finally {
            if (!closed) {
                start(threads, time, interval);
            }
        }
    }

    /** Reads the files and uses what they say at once. */
    public synchronized void load() {
        step(() -> settle(read.get()));
    }

    /** Looks once. */
    public synchronized void look() {
        step(() -> {
            S before = settled;
            S waiting = changed;
            if (waiting != null && waiting.isCurrent()) {
                settle(waiting);
            } else if (waiting != null || before == null || !before.isCurrent()) {
                changed = read.get();
            }
        });
    }

    private void settle(S found) {
        settled = found;
        changed = null;
        use.accept(found);
        failure = null;
    }

    private void step(Runnable step) {
        try {
            step.run();
        } catch (Throwable unforeseen) {
            settled = null;
            changed = null;
            String message = unforeseen.toString();
            if (!message.equals(failure)) {
                failure = message;
                failed.accept(unforeseen);
            }
        }
    }

    private void cancel() {
        Timer timer = next;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Ends the looks. Waits up to five seconds for the one that runs, unless that calls this method. */
    @Override
    public void close() {
        closed = true;
        cancel();
        ExecutorService executor = own;
        if (executor != null) {
            executor.shutdown();
            Thread running = thread;
            if (running != null && running != Thread.currentThread()) {
                try {
                    // Not until the executor has ended: its thread still runs for a moment then.
                    running.join(PATIENCE.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
