package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Failures of tasks that a sweeper runs. */
@Timeout(60)
@ResourceLock("the log of sweepers")
class SweeperTest {

    private static final Logger LOG = Logger.getLogger(Sweeper.class.getName());

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord message) {
            messages.addAll(List.of(message.getParameters()).stream()
                    .map(Object::toString)
                    .toList());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void follow() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(handler);
    }

    @Test
    void aTaskThatFailsIsLoggedAndRunsAgain() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        try (Sweeper sweeper = new Sweeper()) {
            sweeper.every(() -> {
                runs.countDown();
                throw new IllegalStateException("failed-while-open");
            });
            runs.await();
        }
        assertThat(messages).contains("java.lang.IllegalStateException: failed-while-open");
    }

    @Test
    void aTaskThatFailsBecauseItsServerIsClosedIsNotLogged() throws Exception {
        CompletableFuture<Thread> running = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        Sweeper sweeper = new Sweeper();
        sweeper.every(() -> {
            running.complete(Thread.currentThread());
            try {
                never.await();
            } catch (InterruptedException closed) {
                throw new IllegalStateException("failed-while-closing", closed);
            }
        });
        Thread thread = running.get();
        sweeper.close();
        thread.join();
        assertThat(messages).noneMatch(message -> message.contains("failed-while-closing"));
    }
}
