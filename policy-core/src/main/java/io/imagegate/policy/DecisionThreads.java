package io.imagegate.policy;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that decide on reviews whose look-ups have ended. Reviews that wait for the same registry reach their deadline
 * together: the one thread of the JVM that ends them would decide them one after another, the last ones too late. They are
 * daemons, and end when there is nothing to do. The reviews of several web applications may share them, so none has the
 * context of the one that started it, which would keep the classes of that application when it is stopped.
 */
final class DecisionThreads {

    /** Beyond, the thread that ended the look-up decides. */
    private static final int MOST_WAITING = 16_384;

    private static final int MOST_THREADS = 8;
    private static final int IDLE_SECONDS = 2;

    static final Executor POOL = pool();

    private DecisionThreads() {}

    private static Executor pool() {
        int threads = Math.max(2, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                work -> {
                    Thread thread = new Thread(null, work, "imagegate-decision-" + count.incrementAndGet(), 0, false);
                    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
