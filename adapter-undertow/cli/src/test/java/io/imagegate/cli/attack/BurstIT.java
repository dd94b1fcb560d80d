package io.imagegate.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.xnio.IoUtils;

/** Clients that all ask at once, and a server with the image's flags that has just become ready, answers every review. */
@Tag("full")
@Isolated("It measures or attacks.")
class BurstIT {

    private static final int REVIEWS = 2_000;
    private static final int CLIENTS = 400;
    private static final int MOST_LOST = 200;
    private static final double LONGEST_OF_BARE_MILLIS = 2_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void twoThousandReviewsOverOneConnection() throws Exception {
        Credentials credentials = Credentials.write(folder);
        try (AttackedServer server = start(credentials);
                Adversary sockets = new Adversary(server, credentials);
                ReviewConnection connection = new ReviewConnection(sockets.apiserver())) {
            burst("one connection", server, () -> connection);
        }
    }

    /**
     * On two slow cores, whose 400 handshakes take 6 s, the server closes connections that wait for their next byte. Where a
     * review is lost, a bare Undertow under the same burst tells how slow the machine is.
     */
    @Test
    void twoThousandReviewsOverFourHundredConnections() throws Exception {
        Credentials credentials = Credentials.write(folder);
        Tally tally;
        try (AttackedServer server = start(credentials)) {
            tally = askAnew("400 connections", server, credentials);
            assertThat(server.newTraces()).isEmpty();
        }
        if (tally.answered() < REVIEWS) {
            try (AttackedServer bare = AttackedServer.startBare(credentials)) {
                Tally ofBare = askAnew("400 connections to a bare Undertow", bare, credentials);
                Machine.needs(
                        ofBare.answered() == REVIEWS && ofBare.slowestMillis() <= LONGEST_OF_BARE_MILLIS,
                        "a faster machine: a bare Undertow keeps 400 clients that connect at once waiting, too");
            }
        }
        assertThat(tally.problems()).isEmpty();
        assertThat(tally.answered()).isEqualTo(REVIEWS);
    }

    private static Tally askAnew(String name, AttackedServer server, Credentials credentials) throws Exception {
        try (Adversary sockets = new Adversary(server, credentials)) {
            return ask(name, server, MOST_LOST, () -> new ReviewConnection(sockets.apiserver()));
        }
    }

    private static AttackedServer start(Credentials credentials) throws Exception {
        return AttackedServer.start(AttackedServer.imageFlags(), credentials, credentials.clientOptions());
    }

    private static void burst(String name, AttackedServer server, Callable<ReviewConnection> connections)
            throws Exception {
        Tally tally = ask(name, server, MOST_LOST, connections);
        assertThat(tally.problems()).isEmpty();
        assertThat(tally.answered()).isEqualTo(REVIEWS);
        assertThat(server.newTraces()).isEmpty();
    }

    /** Ends when all is asked, or when more than so many reviews are lost. */
    private static Tally ask(String name, AttackedServer server, int mostLost, Callable<ReviewConnection> connections)
            throws Exception {
        Tally tally = new Tally();
        AtomicInteger next = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        long before = server.resident();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> {
                    start.await();
                    ask(name, tally, mostLost, next, connections);
                    return null;
                }));
            }
            for (Future<?> client : all) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
        System.out.printf(
                "| burst over %s | %d | %d of %d | %.0f ms | %d / %d MiB |%n",
                name,
                tally.sent(),
                tally.answered(),
                tally.sent(),
                tally.p99Millis(),
                before >> 10,
                server.resident() >> 10);
        return tally;
    }

    private static void ask(
            String name, Tally tally, int mostLost, AtomicInteger next, Callable<ReviewConnection> connections)
            throws InterruptedException {
        List<ReviewConnection> mine = new ArrayList<>(1);
        for (int n = next.getAndIncrement(); n < REVIEWS; n = next.getAndIncrement()) {
            Review review = n % 2 == 0 ? Review.ALLOWED : Review.DENIED;
            if (tally.sent() - tally.answered() > mostLost) {
                return;
            }
            boolean answered = tally.note(name, review, () -> {
                if (mine.isEmpty()) {
                    mine.add(connections.call());
                }
                return mine.get(0).ask(review);
            });
            if (!answered) {
                mine.forEach(IoUtils::safeClose);
                mine.clear();
            }
        }
    }
}
