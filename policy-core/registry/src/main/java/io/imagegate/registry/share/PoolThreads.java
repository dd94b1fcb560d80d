package io.imagegate.registry.share;

import io.imagegate.time.TimeSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the daemon threads of pools, and waits for their end. The threads of a pool that has ended live for an instant longer, in which a
 * container that stops an application reports them as left behind. Thread-safe.
 */
public final class PoolThreads implements ThreadFactory {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /**
     * Creates a factory.
     *
     * @param name of each thread, before its number
     */
    public PoolThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Waits until all have ended but the current one, five seconds at most. The pools must have been shut down. */
    public void awaitEnd() {
        TimeSource time = TimeSource.system();
        long end = time.nanos() + PATIENCE_NANOS;
        try {
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    TimeUnit.NANOSECONDS.timedJoin(thread, end - time.nanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
