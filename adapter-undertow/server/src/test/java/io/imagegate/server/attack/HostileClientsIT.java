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
import org.junit.jupiter.api.parallel.Isolated;

/**
 * All attacks in turn on one server that runs with the image's flags: every good review is answered.
 * {@code -Dimagegate.hostile=30m} goes on for as long. {@code -Dimagegate.hostile.jar=FILE} attacks another jar, a new
 * process for each attack, and asserts nothing. Both print a table.
 */
@Isolated("It measures or attacks.")
class HostileClientsIT {

    private static final Duration DURATION = Duration.parse("PT" + System.getProperty("imagegate.hostile", "20s"));
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
        attackInTurn(rows, turn);
        System.out.println("\n" + Row.HEADER
                + String.join("\n", rows.stream().map(Row::toString).toList()));
        if (!OTHER_JAR) {
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.good()).as(row.toString()).isPositive();
                assertThat(row.problems()).as(row.toString()).isEmpty();
            });
        }
    }

    /** A server that ended is followed by another, so that one attack does not hide what others do. */
    private void attackInTurn(List<Row> rows, long turn) throws Exception {
        long end = System.nanoTime() + DURATION.toNanos();
        AttackedServer server = start();
        try {
            do {
                for (Row row : rows) {
                    if (OTHER_JAR || !server.isAlive()) {
                        server.close();
                        server = start();
                    }
                    row.turn(server, credentials, turn);
                    System.out.println(row);
                    row.problems().forEach(problem -> System.out.println("  " + problem));
                }
            } while (!OTHER_JAR && System.nanoTime() < end - 2 * turn * 1_000_000L);
        } finally {
            server.close();
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
