package io.imagegate.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that take no answers keep no others waiting: new connections waited 10 s. */
@Tag("full")
@Isolated("It measures or attacks.")
class UnreadAnswersIT {

    /** Until the connections that the server closed are there again. */
    private static final long MEASURED_MILLIS = 1_000;

    private static final long SETTLED_MILLIS = 100;
    private static final int MOST_TRIES = 10;
    private static final int TRIES = 3;
    private static final int PATIENCE_SECONDS = 20;
    private static final double LONGEST_MILLIS = 1_000;

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Credentials credentials;

    @SuppressWarnings("NullAway.Init")
    private static AttackedServer server;

    @SuppressWarnings("NullAway.Init")
    private static AttackedServer bare;

    @BeforeAll
    static void start() throws Exception {
        credentials = Credentials.write(folder);
        server = AttackedServer.start(AttackedServer.imageFlags(), credentials, credentials.clientOptions());
        bare = AttackedServer.startBare(credentials);
        ask(server);
        ask(bare);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        bare.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSED_WINDOW, 2, 190",
        "CLOSED_WINDOW, 10, 190",
        "CLOSED_WINDOW, 100, 5",
        "UNREAD_STREAMS, 2, 100",
        "UNREAD_STREAMS, 10, 100",
        "UNREAD_STREAMS, 100, 50",
        "UNREAD_PIPELINE, 2, 100",
        "UNREAD_PIPELINE, 10, 100",
        "UNREAD_PIPELINE, 100, 50"
    })
    void newConnectionsAreAnswered(UnreadAnswers attack, int connections, int reviews) throws Exception {
        // A machine on which it takes longer is measured by a bare Undertow under the same attack: the handshakes of a
        // hundred that come back as soon as they are closed take the time of two cores. What the machine does beside
        // changes from one attack to the next, so new connections wait for too long when they do three times.
        for (int tries = 1; ; tries++) {
            Waits waits = attackOnce(attack, connections, reviews);
            System.out.println(attack + " over " + connections + ": " + waits);
            if (waits.server <= LONGEST_MILLIS) {
                return;
            }
            Machine.needs(waits.attacked && !Row.isMachineTooSlow(waits.beside, LONGEST_MILLIS), Row.FASTER_MACHINE);
            double slowest = attackBare(attack, connections, reviews, waits.stayMillis);
            System.out.printf("%s over %d to the bare Undertow: %.0f ms at most%n", attack, connections, slowest);
            double allowed = Row.allowedMillis(LONGEST_MILLIS, slowest);
            if (tries == TRIES || waits.server <= allowed) {
                assertThat(waits.server).isLessThanOrEqualTo(allowed);
                return;
            }
        }
    }

    /**
     * How long new connections waited at most, in milliseconds.
     *
     * @param attacked whether all clients have asked in time
     * @param server at the server under the attack
     * @param beside at the bare Undertow, which is not attacked
     * @param stayMillis how long one connection of the attack lasted
     */
    private record Waits(boolean attacked, double server, double beside, long stayMillis) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f ms at most, the bare Undertow beside %.0f ms; a connection lasts %d ms",
                    server,
                    beside,
                    stayMillis);
        }
    }

    private static Waits attackOnce(UnreadAnswers attack, int connections, int reviews) throws Exception {
        double slowest = 0;
        double slowestBeside = 0;
        long start = System.nanoTime();
        try (Adversary adversary = new Adversary(server, credentials)) {
            CountDownLatch asked = attack.begin(adversary, connections, reviews);
            boolean attacked = asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            awaitAnswers();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MEASURED_MILLIS);
            do {
                slowest = Math.max(slowest, ask(server));
                slowestBeside = Math.max(slowestBeside, ask(bare));
            } while (System.nanoTime() < end);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return new Waits(
                    attacked, slowest, slowestBeside, millis * connections / Math.max(1, adversary.connections()));
        }
    }

    /** How long new connections wait at most at a bare Undertow, whose clients go as often as the server closes them. */
    private static double attackBare(UnreadAnswers attack, int connections, int reviews, long stayMillis)
            throws Exception {
        double slowest = 0;
        try (Adversary adversary = new Adversary(bare, credentials)) {
            CountDownLatch asked = attack.begin(adversary, connections, reviews);
            Thread leaver = new Thread(() -> leave(adversary, stayMillis), "leaver");
            leaver.setDaemon(true);
            leaver.start();
            Machine.needs(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS), Row.FASTER_MACHINE);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stayMillis + MEASURED_MILLIS);
            do {
                slowest = Math.max(slowest, ask(bare));
            } while (System.nanoTime() < end);
        } catch (IOException unanswered) {
            Machine.needs(false, Row.FASTER_MACHINE);
        }
        return slowest;
    }

    private static void leave(Adversary adversary, long stayMillis) {
        try {
            while (!adversary.isOver()) {
                adversary.pause(stayMillis);
                adversary.closeConnections();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the server has answered what was sent; not for long, for what it closes comes again. */
    private static void awaitAnswers() throws Exception {
        String open = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            String before = open;
            TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
            open = server.metric("imagegate_reviews_in_flight");
            if (open.equals(before)) {
                return;
            }
        }
    }

    /** How many milliseconds a review over a new connection takes. */
    private static double ask(AttackedServer asked) throws Exception {
        long start = System.nanoTime();
        assertThat(GoodClients.askAnew(asked, credentials, Review.ALLOWED)).matches(Review.ALLOWED::isAnsweredBy);
        return (System.nanoTime() - start) / 1e6;
    }
}
