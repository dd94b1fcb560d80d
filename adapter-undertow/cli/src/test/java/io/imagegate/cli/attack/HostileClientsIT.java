package io.imagegate.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * All attacks in turn on one server that runs with the image's flags: every good review is answered within 3 s.
 * {@code -Dimagegate.hostile=30m} goes on for as long. {@code -Dimagegate.hostile.jar=FILE} attacks another jar, a new
 * process for each attack, and asserts nothing. Both print a table.
 */
@Tag("full")
@Isolated("It measures or attacks.")
class HostileClientsIT {

    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("imagegate.hostile", "20s"));
    private static final boolean OTHER_JAR = System.getProperty("imagegate.hostile.jar") != null;

    /** An API server waits 10 s for a webhook with {@code timeoutSeconds: 10}, and may send several reviews for a pod. */
    private static final double LONGEST_ANSWER_MILLIS = 3_000;

    private static final int TRIES = 3;
    private static final long LONGEST_TURN_MILLIS = 12_000;
    private static final long DELAYING_MILLIS = Math.min(DURATION.toMillis() / 5, LONGEST_TURN_MILLIS);

    /** These delayed others for 5 to 10 s. */
    private static final List<String> DELAYING = List.of(
            "300 parts of a head and of a TLS record",
            "300 bodies of 8 MB and a part of a TLS record",
            "200 bodies of 64 KiB but for a byte beside 8 MiB",
            "DATA of one byte and 255 of padding",
            "DATA of 256 bytes and 255 of padding",
            "requests with trailers");

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Credentials credentials;

    @BeforeEach
    void makeCertificates() throws IOException {
        credentials = Credentials.write(folder);
    }

    @Test
    void everyGoodReviewIsAnswered() throws Exception {
        String only = System.getProperty("imagegate.hostile.only", "");
        List<Row> rows = new ArrayList<>();
        Attack.all().forEach((name, attack) -> {
            if (name.contains(only)) {
                rows.add(new Row(name, attack));
            }
        });
        // A turn takes a third longer, for the clients that go on.
        long turn = Math.min(DURATION.toMillis() * 3 / 4 / rows.size(), LONGEST_TURN_MILLIS);
        attackInTurn(rows, turn);
        System.out.println("\n" + Row.HEADER
                + String.join("\n", rows.stream().map(Row::toString).toList()));
        if (!OTHER_JAR) {
            Row.assertAnswered(rows, LONGEST_ANSWER_MILLIS);
        }
    }

    /** A server that ended is followed by another, so that one attack does not hide what others do. */
    private void attackInTurn(List<Row> rows, long turn) throws Exception {
        long end = System.nanoTime() + DURATION.toNanos();
        AttackedServer server = start();
        try (AttackedServer bare = AttackedServer.startBare(credentials)) {
            do {
                for (Row row : rows) {
                    if (OTHER_JAR || !server.isAlive()) {
                        server.close();
                        server = start();
                    }
                    row.turn(server, bare, credentials, turn);
                    System.out.println(row);
                    row.problems().forEach(problem -> System.out.println("  " + problem));
                }
            } while (!OTHER_JAR && System.nanoTime() < end - 2 * turn * 1_000_000L);
        } finally {
            server.close();
        }
    }

    /**
     * Each for long enough to delay others again. Attackers, server and others share the processors of one machine; a bare
     * Undertow beside them, and another that is attacked alike, tell how long that alone takes. What the machine does beside
     * changes from one turn to the next, so a row counts as delayed when it is three times.
     */
    @Test
    void noGoodReviewWaitsLong() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (AttackedServer server = start();
                AttackedServer bare = AttackedServer.startBare(credentials)) {
            for (String name : DELAYING) {
                rows.add(delay(name, server, bare));
            }
        }
        System.out.println(
                Row.HEADER + String.join("\n", rows.stream().map(Row::toString).toList()));
        if (!OTHER_JAR) {
            Row.assertAnswered(rows, LONGEST_ANSWER_MILLIS);
        }
    }

    private Row delay(String name, AttackedServer server, AttackedServer bare) throws Exception {
        Attack attack = Objects.requireNonNull(Attack.all().get(name), name);
        for (int tries = 1; ; tries++) {
            Row row = new Row(name, attack);
            row.turn(server, bare, credentials, DELAYING_MILLIS);
            if (OTHER_JAR || row.isAnswered(LONGEST_ANSWER_MILLIS)) {
                return row;
            }
            try (AttackedServer attacked = AttackedServer.startBare(credentials)) {
                row.turnOfBare(attacked, credentials, DELAYING_MILLIS);
            }
            System.out.println(row);
            row.problems().forEach(problem -> System.out.println("  " + problem));
            if (tries == TRIES || row.isAnswered(LONGEST_ANSWER_MILLIS) || row.isLeftOut(LONGEST_ANSWER_MILLIS)) {
                return row;
            }
        }
    }

    @Test
    void whatIsNotHttpIsRefusedAndNotLoggedWithAStackTrace() throws Exception {
        try (AttackedServer server = start();
                Adversary adversary = new Adversary(server, credentials)) {
            for (String wrong : Malformed.HEADERS.keySet()) {
                String answer = Malformed.refused(adversary.apiserver(), Malformed.HEADERS.get(wrong));
                System.out.println(wrong + ": " + answer.lines().findFirst().orElse("closed"));
                assertThat(answer).as(wrong).doesNotStartWith("HTTP/1.1 200").doesNotStartWith("HTTP/1.1 500");
            }
            Http2Frames.Frame end = Malformed.newline(adversary);
            System.out.println("newline in a name of HTTP/2: " + end);
            assertThat(end).matches(frame -> frame.isEnd() || frame.type() != Http2Frames.HEADERS || isRefusal(frame));
            assertThat(server.newTraces()).isEmpty();
        }
    }

    /** Whether the first field is {@code :status 400} of HPACK's static table. */
    private static boolean isRefusal(Http2Frames.Frame frame) {
        return frame.payload().get(0) == (byte) 0x8c;
    }

    private AttackedServer start() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: production}
                spec:
                  rules: [{name: fixed-tag, tag: {required: true, deny: [latest]}}]
                """);
        List<String> options = new ArrayList<>(credentials.clientOptions());
        options.addAll(List.of("--policy", policy.toString(), "--log-decisions", "all"));
        return AttackedServer.start(AttackedServer.imageFlags(), credentials, options);
    }
}
