package io.imagegate.registry;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of registries, for answers. */
final class RegistryThreads {

    private static final long PATIENCE_SECONDS = 5;

    private final ThreadPoolExecutor executor;

    RegistryThreads() {
        ThreadFactory threads = daemons();
        executor =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
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

    /** Ends the threads, and waits a few seconds at most for them. */
    void close() {
        executor.shutdown();
        try {
            boolean unused = executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
