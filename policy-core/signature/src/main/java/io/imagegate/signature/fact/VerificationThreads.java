package io.imagegate.signature.fact;

import io.imagegate.registry.share.PoolThreads;
import io.imagegate.registry.share.Share;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that verify signatures. Registries take turns, and of one its users, and large content, which takes long, has a thread of its own. */
final class VerificationThreads implements AutoCloseable {

    private static final int LARGE = 1 << 20;
    private static final int MOST_THREADS = 4;
    private static final int MOST_TASKS = 8_192;

    private final PoolThreads made = new PoolThreads("imagegate-signature");
    private final ThreadPoolExecutor few =
            threads(Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() - 1)));
    private final ThreadPoolExecutor one = threads(1);
    private final Turns small = new Turns(few, MOST_TASKS);
    private final Turns large = new Turns(one, MOST_TASKS);

    private ThreadPoolExecutor threads(int number) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(number, number, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), made);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** {@return what runs tasks for a share of a registry that depend on so many bytes} */
    Executor of(Share share, long bytes) {
        Turns right = bytes > LARGE ? large : small;
        return task -> right.execute(share, task);
    }

    /** Ends the threads, and waits a few seconds at most for them; tasks that wait never run. */
    @Override
    public void close() {
        few.shutdownNow();
        one.shutdownNow();
        made.awaitEnd();
    }
}
