package io.imagegate.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All attacks in turn on one server that runs with the image's flags: every good review is answered.
 * {@code -Dimagegate.hostile=30m} goes on for as long. {@code -Dimagegate.hostile.jar=FILE} attacks another jar, a new
 * process for each attack, and asserts nothing. Both print a table.
 */
class HostileClientsIT {

    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("imagegate.hostile", "75s"));
    private static final boolean OTHER_JAR = System.getProperty("imagegate.hostile.jar") != null;
    private static final long LONGEST_TURN_MILLIS = 12_000;

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
        try {
            if (OTHER_JAR) {
                for (Row row : rows) {
                    try (AttackedServer server = start()) {
                        row.turn(server, credentials, turn);
                        print(row, server);
                    }
                }
            } else {
                attackInTurn(rows, turn);
            }
        } finally {
            System.out.println("\n" + Row.HEADER
                    + String.join("\n", rows.stream().map(Row::toString).toList()));
        }
    }

    private void attackInTurn(List<Row> rows, long turn) throws Exception {
        long end = System.nanoTime() + DURATION.toNanos();
        try (AttackedServer server = start()) {
            do {
                for (Row row : rows) {
                    row.turn(server, credentials, turn);
                    if (!server.isAlive()) {
                        print(row, server);
                        assertThat(server.isAlive())
                                .as(row + "\n" + server.output())
                                .isTrue();
                    }
                }
            } while (System.nanoTime() < end - 2 * turn * 1_000_000L);
            for (Row row : rows) {
                assertThat(row.tally().sent()).as(row.name()).isPositive();
                assertThat(row.tally().problems()).as(row.name()).isEmpty();
            }
            assertThat(server.traces()).isEmpty();
        }
    }

    private static void print(Row row, AttackedServer server) throws IOException {
        System.out.println(row);
        row.tally().problems().forEach((problem, count) -> System.out.println("  " + count + " x " + problem));
        server.traces().stream().limit(5).forEach(line -> System.out.println("  log: " + line));
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
            assertThat(server.traces()).isEmpty();
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
