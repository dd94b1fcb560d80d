package io.imagegate.registry.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolThreadsTest {

    private final PoolThreads threads = new PoolThreads("pool-threads-test");

    @Test
    @DisplayName("threads that live on when their pool has ended are waited for, but not the one that waits")
    void end() throws Exception {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        Thread pooled = pool.submit(Thread::currentThread).get();
        Thread late = threads.newThread(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300)));
        assertThat(late.getName()).isEqualTo("pool-threads-test-2");
        assertThat(late.isDaemon()).isTrue();
        late.start();
        Thread waiting = threads.newThread(threads::awaitEnd);
        pool.shutdown();
        waiting.start();
        waiting.join();
        assertThat(pooled.isAlive()).isFalse();
        assertThat(late.isAlive()).isFalse();
    }
}
