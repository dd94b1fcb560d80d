package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built jar from its start to its end: policies that change, readiness, and an end that loses nothing. */
class LifeIT {

    private static final String FIXED_TAG = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec: {rules: [{name: fixed-tag, tag: {required: true, deny: [latest]}}]}
            """;
    private static final String NO_REDIS = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec: {rules: [{name: no-redis, deny: [docker.io/library/redis]}]}
            """;

    private static final String RELOADED = "imagegate_policy_last_reload_successful{policy_set=\"default\"}";

    @TempDir
    static Path certificates = Path.of("");

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(certificates);
    }

    @Test
    void policiesFollowTheirFileAndABadOneChangesNothing() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), FIXED_TAG);
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        try (RunningJar server = serve("--policy", policy.toString())) {
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");

            Files.writeString(policy, NO_REDIS.replace("deny", "dney"));
            Conditions.await("the bad policy is seen", () -> server.metric(RELOADED) == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            assertThat(server.manage("/readyz"))
                    .matches("200 ok\nwarning: the policies are rejected since [0-9TZ:-]+: " + policy
                            + ":4:33: invalid; those accepted before stay active\n");
            assertThat(server.metric("imagegate_policy_rejected{policy_set=\"default\"}"))
                    .isEqualTo(1);
            server.awaitOutput("rejected policy", "dney");

            Files.writeString(policy, NO_REDIS);
            Conditions.await("the good policy is seen", () -> server.metric(RELOADED) == 1);
            assertThat(tester.ask(server, "nginx")).isEqualTo("allowed");
            assertThat(tester.ask(server, "redis:7")).isEqualTo("denied");
            assertThat(server.metric("imagegate_policy_reloads_total{outcome=\"failure\",policy_set=\"default\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void withoutAPolicyItIsNotReadyAndDeniesUntilThereIsOne() throws Exception {
        Path policy = folder.resolve("policy.yaml");
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(certificates, "--policy", policy.toString())) {
            assertThat(server.manage("/readyz")).isEqualTo("503 not ready: no policy is loaded\n");
            assertThat(server.manage("/readyz?verbose"))
                    .matches("503 \\[-]policies: no policy is loaded\n\\[!]policies: the policies are rejected since"
                            + " [0-9TZ:-]+: " + policy + ": unreadable; everything is denied\n"
                            + "\\[\\+]certificate ok\n\\[\\+]warm-up ok\n\\[\\+]shutdown ok\nnot ready\n");
            assertThat(server.manage("/livez")).isEqualTo("200 ok\n");
            assertThat(tester.ask(server, "nginx:1.17.1")).isEqualTo("denied");

            Files.writeString(policy, FIXED_TAG);
            Conditions.await("ready", () -> server.manage("/readyz").equals("200 ok\n"));
            assertThat(server.manage("/readyz?verbose=1"))
                    .isEqualTo("200 [+]policies ok\n[+]certificate ok\n[+]warm-up ok\n[+]shutdown ok\nready\n");
            assertThat(tester.ask(server, "nginx:1.17.1")).isEqualTo("allowed");
        }
    }

    @Test
    void afterARestartWithABadPolicyTheLastAcceptedOneDecides() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), NO_REDIS);
        String[] options = {
            "--policy", policy.toString(), "--last-good", folder.resolve("kept").toString()
        };
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(certificates, options)) {
            assertThat(tester.ask(server, "redis:7")).isEqualTo("denied");
            assertThat(server.metric("imagegate_last_good_in_force")).isZero();
        }
        Files.writeString(policy, NO_REDIS.replace("deny", "dney"));
        try (RunningServer server = ServerHere.serve(certificates, options)) {
            assertThat(tester.ask(server, "redis:7")).isEqualTo("denied");
            assertThat(tester.ask(server, "nginx")).isEqualTo("allowed");
            assertThat(server.metric("imagegate_last_good_in_force")).isEqualTo(1);
            assertThat(server.manage("/readyz?verbose"))
                    .startsWith("200 [!]policies: the policies are rejected since ")
                    .contains(
                            policy + ":4:33: invalid; last_good: the set accepted last before the start is active\n",
                            "\nready\n")
                    .doesNotContain("dney");
            Files.writeString(policy, FIXED_TAG);
            Conditions.await("the good policy is seen", () -> server.metric("imagegate_last_good_in_force") == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            assertThat(server.manage("/readyz")).isEqualTo("200 ok\n");
        }
    }

    @Test
    void theManagementPortKnowsFourPathsAndNoReviews() throws Exception {
        try (RunningServer server = ServerHere.serve(certificates)) {
            assertThat(server.manage("/healthz")).isEqualTo("200 ok\n");
            assertThat(server.manage("/image_policy")).startsWith("404 expected /livez");
            assertThat(server.manage("/metrics"))
                    .startsWith("200 ")
                    .contains("jvm_memory_used_bytes", "imagegate_ready 1.0")
                    // What it asked itself at its start is nobody's review.
                    .contains("imagegate_reviews_total{outcome=\"denied\",policy_set=\"default\"} 0.0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void toldToEndItAnswersEveryReviewAndEndsWithStatusZero(Version version) throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, version);
        try (RunningJar server = serve("--drain-delay", "3s")) {
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            AtomicInteger answered = new AtomicInteger();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> askUntilRefused(tester, server, answered));
            server.askToEnd();
            Conditions.await("not ready", () -> server.manage("/readyz").contains("shutting down"));
            int atFirst = answered.get();

            assertThat(server.exitStatus()).isZero();
            load.join();
            assertThat(answered).hasValueGreaterThan(atFirst);
        }
    }

    /**
     * The server ends its connections with an answer or a notice, so only a new connection can fail: it is refused, or,
     * if it came in the moment in which the port was closed, reset, and then the next is refused.
     */
    private static void askUntilRefused(ReviewTester tester, RunningJar server, AtomicInteger answered) {
        int resets = 0;
        while (true) {
            try {
                assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
                answered.incrementAndGet();
            } catch (ConnectException refused) {
                return;
            } catch (Exception reset) {
                if (++resets > 1) {
                    throw new AssertionError("lost after " + answered, reset);
                }
            }
        }
    }

    @Test
    void whatWasBegunIsFinished() throws Exception {
        String review = ReviewTester.review("nginx:1");
        try (RunningJar server = serve();
                SSLSocket begun =
                        ReviewTester.trusting(certificates, Version.HTTP_1_1).announce(server, review.length())) {
            Conditions.await("the request is in", () -> server.metric("imagegate_reviews_in_flight") == 1);
            server.askToEnd();
            Thread.sleep(500);
            begun.getOutputStream().write(review.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(begun.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("\"allowed\":true", "Connection: close");
            assertThat(server.exitStatus()).isZero();
        }
    }

    @Test
    void whatWasBegunInAnHttp2ConnectionIsFinishedBeforeItsEnd() throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        try (RunningJar server = serve();
                Http2Frames begun = new Http2Frames(tester.connect(server))) {
            begun.begin(1);
            Conditions.await("the request is in", () -> server.metric("imagegate_reviews_in_flight") == 1);
            server.askToEnd();
            Conditions.await("no new connection is taken", () -> isRefused(server));
            begun.end(1, ReviewTester.review("nginx:1"));

            assertThat(begun.await(Http2Frames.HEADERS, Http2Frames.GO_AWAY).type())
                    .isEqualTo(Http2Frames.HEADERS);
            assertThat(begun.await(Http2Frames.GO_AWAY, Http2Frames.GO_AWAY).type())
                    .isEqualTo(Http2Frames.GO_AWAY);
            assertThat(server.exitStatus()).isZero();
        }
    }

    private static boolean isRefused(RunningJar server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }

    @Test
    void whatIsNeverFinishedIsGivenUp() throws Exception {
        try (RunningJar server = serve("--drain-timeout", "500ms");
                SSLSocket begun =
                        ReviewTester.trusting(certificates, Version.HTTP_1_1).announce(server, 100)) {
            Conditions.await("the request is in", () -> server.metric("imagegate_reviews_in_flight") == 1);
            server.askToEnd();

            assertThat(server.exitStatus()).isZero();
            assertThat(begun.isClosed()).isFalse();
        }
    }

    private static RunningJar serve(String... more) throws Exception {
        return RunningJar.serveManaged(certificates, more);
    }
}
