package io.imagegate.registry;

import io.imagegate.registry.share.PoolThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of registries, for answers. */
final class RegistryThreads {

    private final PoolThreads threads = new PoolThreads("imagegate-registry");
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);

    Executor executor() {
        return executor;
    }

    /** Ends the threads, and waits a few seconds at most for them. */
    void close() {
        executor.shutdown();
        threads.awaitEnd();
    }
}
