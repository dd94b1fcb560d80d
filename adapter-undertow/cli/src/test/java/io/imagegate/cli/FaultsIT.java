package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.server.Conditions;
import io.imagegate.server.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Things go wrong while API servers ask. Each test prints a line of a table: fault, load held, reviews sent, answered, of these
 * otherwise than usual, sent again by the client, answered wrongly, lost, and by which errors.
 */
@Tag("full")
class FaultsIT {

    private static final int SOME = Load.RATE / 4;

    /** How API servers are told that a connection, or what they asked over it, ended with the server. */
    static final Pattern NOBODY_THERE = Pattern.compile(
            "connection refused|connection reset|EOF|broken pipe|closed network connection|force closed");

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private ControlPlane plane;

    @BeforeEach
    void prepare() throws Exception {
        plane = new ControlPlane(folder);
    }

    /** Nothing is promised but this: what is lost was asked while nobody was there. */
    @Test
    void theOnlyServerIsKilled() throws Exception {
        // No other test's client takes the port meanwhile.
        RunningJar first = plane.serve("--port", Integer.toString(FreePort.find()));
        try (Load load = plane.load(first.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            long killed = System.nanoTime();
            first.kill();
            try (RunningJar second = plane.serve("--port", Integer.toString(first.port()))) {
                load.awaitAnswers(SOME);
                double seconds = (System.nanoTime() - killed) / 1e9;
                Load.Result result = load.stop("the only one is killed, and started again");

                assertThat(second.url()).isEqualTo(first.url());
                ControlPlane.expectNothingWrong(result);
                assertThat(result.counts().lost())
                        .as(result.problems())
                        .isLessThanOrEqualTo(Load.CONCURRENCY + (long) (Load.RATE * seconds));
                assertThat(result.problems().lines().filter(line -> line.contains("lost: ")))
                        .allMatch(FaultsIT::tellsThatNobodyWasThere);
            }
        } finally {
            first.close();
        }
    }

    private static boolean tellsThatNobodyWasThere(String line) {
        return NOBODY_THERE.matcher(line).find();
    }

    @Test
    void policiesAreSwappedBetweenReviewsAndNotWithin() throws Exception {
        try (RunningJar server = plane.serve();
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old", "new"))) {
            for (String word : List.of("new", "old", "new")) {
                plane.write(ControlPlane.policy(word));
                awaitPolicy(server, word);
                load.awaitAnswers(SOME);
            }
            ControlPlane.expectNothingLost(load.stop("policy replaced three times"));
        }
    }

    @Test
    void aBadPolicyChangesNothing() throws Exception {
        try (RunningJar server = plane.serve();
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old", "new"))) {
            plane.write(ControlPlane.policy("new").replace("deny:", "dney:"));
            Conditions.await(
                    "it is seen",
                    () -> server.metric("imagegate_policy_last_reload_successful{policy_set=\"default\"}") == 0);
            load.awaitAnswers(SOME);
            assertThat(plane.answer(server, ControlPlane.REDIS)).contains("old one");
            plane.write(ControlPlane.policy("new"));
            awaitPolicy(server, "new");
            load.awaitAnswers(SOME);
            ControlPlane.expectNothingLost(load.stop("bad policy, then a good one"));
        }
    }

    private void awaitPolicy(RunningJar server, String word) throws Exception {
        Conditions.await(
                "the policy is used: " + word,
                () -> plane.answer(server, ControlPlane.REDIS).contains(word + " one"));
    }

    @Test
    void certificatesAreReplaced() throws Exception {
        try (RunningJar server = plane.serve();
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            for (int i = 0; i < 3; i++) {
                Identity next = plane.rotate();
                Conditions.await(
                        "the new one is used",
                        () -> plane.tester().certificate(server).equals(next.certificate()));
                load.awaitAnswers(SOME);
            }
            ControlPlane.expectNothingLost(load.stop("certificate replaced three times"));
        }
    }

    @Test
    void garbageComesIn() throws Exception {
        try (RunningJar server = plane.serve();
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            Random random = new Random(1);
            for (int i = 0; i < 400; i++) {
                throwAt(server, garbage(random, i));
                if (i % 100 == 0) {
                    load.awaitAnswers(SOME);
                }
            }
            ControlPlane.expectNothingLost(load.stop("garbage in 400 connections"));
            assertThat(server.output()).doesNotContain("Exception");
        }
    }

    private static byte[] garbage(Random random, int kind) {
        byte[] start = switch (kind % 4) {
            case 0 -> new byte[0];
            case 1 -> "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            // A record that is too long, and one that begins as a client's first message does.
            case 2 -> new byte[] {22, 3, 1, -1, -1, 1};
            default -> new byte[] {22, 3, 1, 2, 0, 1, 0, 1, -4, 3, 3};
        };
        byte[] bytes = new byte[start.length + random.nextInt(20_000)];
        random.nextBytes(bytes);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }

    private static void throwAt(RunningJar server, byte[] garbage) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(garbage);
        } catch (SocketException ended) {
            // The server need not take all of it.
        }
    }
}
