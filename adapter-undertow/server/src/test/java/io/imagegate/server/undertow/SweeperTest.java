package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.LoggedRecords;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Failures of tasks that a sweeper runs. */
@Timeout(60)
@ResourceLock("the log of sweepers")
class SweeperTest {

    @RegisterExtension
    private final LoggedRecords logged = new LoggedRecords(Sweeper.class, message -> true);

    private List<String> messages() {
        return logged.records().stream()
                .flatMap(message -> Arrays.stream(message.getParameters()))
                .map(Object::toString)
                .toList();
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
        assertThat(messages()).contains("java.lang.IllegalStateException: failed-while-open");
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
        assertThat(messages()).noneMatch(message -> message.contains("failed-while-closing"));
    }
}
