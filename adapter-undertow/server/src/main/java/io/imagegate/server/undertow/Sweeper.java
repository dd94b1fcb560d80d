package io.imagegate.server.undertow;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs tasks about five times a second on its own thread, to enforce deadlines. Timers of an I/O thread do not run
 * while a connection keeps that thread busy.
 */
public final class Sweeper implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
    private static final long INTERVAL_MILLIS = 200;

    private final List<Runnable> tasks = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::sweep, "imagegate-sweeper");
    private volatile boolean closed;

    /** Starts a sweeper without tasks. */
    public Sweeper() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Adds a task.
     *
     * @param task runs about five times a second on the thread of this sweeper, again even after it threw
     */
    public void every(Runnable task) {
        tasks.add(task);
    }

    private void sweep() {
        try {
            while (!closed) {
                Thread.sleep(INTERVAL_MILLIS);
                tasks.forEach(this::run);
            }
        } catch (InterruptedException ended) {
            // Only close() interrupts this thread.
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failed) {
            // A server that is closed takes away the threads that a task needs.
            if (!closed) {
                LOG.log(Level.ERROR, "deadline check failed: {0}", failed.toString());
            }
        }
    }

    /** Stops; a task that runs is interrupted, and its failure is not logged. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
