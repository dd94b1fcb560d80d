package io.imagegate.registry;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of registries: some for answers, and one that counts time. */
final class RegistryThreads {

    private static final long PATIENCE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private final ScheduledThreadPoolExecutor timer;

    RegistryThreads() {
        ThreadFactory threads = daemons();
        executor =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "imagegate-registry-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    Executor executor() {
        return executor;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    void endTimer() {
        timer.shutdownNow();
    }

    /** Ends the other threads, and waits a few seconds at most for all. */
    void close() {
        executor.shutdown();
        try {
            boolean unused = timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
