package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.time.TimeSource;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API servers that answer whatever they like: each answer is an object or a problem, within limits on time and memory. */
@Timeout(300)
@Tag("full")
class HostileApiServerTest {

    private static final String PODS = "/api/v1/pods";
    private static final String CORE = "{\"resources\":["
            + FakeApiServer.resource("pods", "Pod") + ","
            + FakeApiServer.resource("replicationcontrollers", "ReplicationController")
            + "]}";
    private static final String NO_GROUPS = "{\"groups\":[]}";

    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final List<String> found = new ArrayList<>();

    /** How much time passes between two requests. */
    private Duration step = Duration.ofMillis(1);

    /** A clock in which no wait is longer than a second. */
    private final TimeSource time = new TimeSource() {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return step.multipliedBy(asked.getAndIncrement()).toNanos();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return TimeSource.system().schedule(delay.dividedBy(90), task);
        }
    };

    @SuppressWarnings("NullAway.Init")
    private RawServer server;

    @BeforeEach
    void starts() throws IOException {
        server = new RawServer();
        server.on("/apis", RawServer.json(NO_GROUPS));
        server.on(PODS, RawServer.json(pods("", FakeApiServer.pod("web", "u", "", "nginx:1"))));
        server.on(
                "/api/v1/replicationcontrollers",
                RawServer.json("{\"kind\":\"ReplicationControllerList\",\"items\":[]}"));
        server.on("/api/v1", RawServer.json(CORE));
    }

    @AfterEach
    void ends() {
        server.close();
    }

    private static String pods(String next, String... pods) {
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"" + next + "\"},\"items\":["
                + String.join(",", pods) + "]}";
    }

    private void read() {
        ClusterSettings settings = new ClusterSettings(Optional.empty(), Optional.empty(), Optional.of(server.url()));
        ClusterAccess access = ClusterAccess.find(settings, Map.of());
        new ClusterObjects(access, time, Workloads.wellKnown(), "", problems::add)
                .read(object -> found.add(object.title()));
    }

    private long asked(String part) {
        return server.requests().stream()
                .filter(request -> request.contains(part))
                .count();
    }

    /** Writes until the client has had enough, which takes less than a gigabyte. */
    private static void flood(OutputStream out, String text) throws IOException {
        byte[] bytes = text.repeat(1 + (1 << 16) / text.length()).getBytes(UTF_8);
        for (long sent = 0; sent < 1 << 30; sent += bytes.length) {
            out.write(bytes);
        }
        throw new AssertionError("the client reads everything");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{\"name\":\"a\"},", "\"a\",", "0,", "[", "{\"a\":", "\0", "a"})
    void anEndlessAnswerIsCut(String text) {
        server.on("/apis", (out, request) -> {
            RawServer.head(out, "200 OK");
            out.write("{\"groups\":[".getBytes(UTF_8));
            flood(out, text);
        });
        read();
        assertThat(problems).singleElement().asString().startsWith("API groups: ");
        assertThat(found).containsExactly("Pod shop/web");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{\"metadata\":{\"name\":\"a\"}},", "\"a\",", "[", "{\"a\":", "\0", "a"})
    void anEndlessPageIsCutAndTheOtherListsAreRead(String text) {
        server.on("/api/v1/replicationcontrollers", (out, request) -> {
            RawServer.head(out, "200 OK");
            out.write("{\"kind\":\"ReplicationControllerList\",\"items\":[".getBytes(UTF_8));
            flood(out, text);
        });
        read();
        assertThat(problems).singleElement().asString().startsWith("ReplicationController: ");
        assertThat(found).containsExactly("Pod shop/web");
        assertThat(asked("replicationcontrollers")).isLessThan(15);
    }

    @Test
    void endlessHeadersAreCut() {
        server.on(PODS, (out, request) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            flood(out, "X-A: b\r\n");
        });
        read();
        assertThat(problems).singleElement().asString().startsWith("Pod: the API server cannot be read: ");
    }

    @Test
    void aSlowBodyIsCutAndSaysSo() {
        server.on(PODS, (out, request) -> {
            RawServer.head(out, "200 OK");
            for (int i = 0; i < 60; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
            }
        });
        read();
        assertThat(problems).containsExactly("Pod: the API server cannot be read: the answer takes longer than 90 s");
        assertThat(asked(PODS)).isEqualTo(3);
    }

    @Test
    void noRedirectIsFollowed() throws IOException {
        try (RawServer other = new RawServer()) {
            other.on(PODS, RawServer.json(pods("", FakeApiServer.pod("other", "v", "", "nginx:1"))));
            for (String status : new String[] {"301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent"}) {
                problems.clear();
                server.on(PODS, RawServer.answer(status + "\r\nLocation: " + other.url() + PODS, new byte[0]));
                read();
                assertThat(problems).containsExactly("Pod: the API server answers " + status.substring(0, 3));
            }
            assertThat(other.requests()).isEmpty();
            assertThat(found).isEmpty();
        }
    }

    /** The client asks for no encoding, so there is nothing to unpack. */
    @Test
    void compressedAnswersAreNotUnpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        server.on(PODS, RawServer.answer("200 OK\r\nContent-Encoding: gzip", bomb.toByteArray()));
        read();
        assertThat(problems).singleElement().asString().startsWith("Pod: pods:1:1: ");
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Log in</body></html>",
                "",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{\"kind\":\"Status\",\"status\":\"Failure\"}",
                "{\"kind\":\"PodList\"}",
                "{\"kind\":\"PodList\",\"items\":[]} {}",
                "{\"kind\":\"PodList\",\"items\":{}}",
                "{\"kind\":\"PodList\",\"items\":[7]}",
                "{\"kind\":\"PodList\",\"items\":[],\"items\":[]}",
                "{\"kind\":\"PodList\",\"metadata\":{\"continue\":7},\"items\":[]}",
                "{\"kind\":\"PodList\",\"metadata\":{\"continue\":\"a\",\"continue\":\"\"},\"items\":[]}",
                "{\"kind\":\"PodList\",\"metadata\":7,\"items\":[]}",
            })
    void whatIsNoListIsAProblem(String body) {
        server.on(PODS, RawServer.json(body));
        read();
        assertThat(problems).singleElement().asString().startsWith("Pod: ").hasSizeLessThan(500);
        assertThat(found).noneMatch(object -> object.startsWith("Pod "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"groups\":7}",
                "{\"groups\":[7]}",
                "{\"groups\":[{\"name\":7}]}"
            })
    void whatIsNoGroupIsAProblemOrNothing(String body) {
        server.on("/apis", RawServer.json(body));
        read();
        assertThat(problems)
                .allMatch(problem -> problem.startsWith("API groups: "))
                .hasSizeLessThan(2);
        assertThat(found).containsExactly("Pod shop/web");
    }

    @Test
    void aGroupThatIsListedAgainIsReadOnce() {
        String group = "{\"name\":\"apps\",\"versions\":[{\"groupVersion\":\"apps/v1\"}],"
                + "\"preferredVersion\":{\"groupVersion\":\"apps/v1\"}},";
        server.on(
                "/apis",
                (out, request) -> RawServer.json(
                                request.endsWith("/apis")
                                        ? "{\"groups\":[" + group.repeat(100) + "{}]}"
                                        : request.endsWith("/apis/apps/v1")
                                                ? "{\"resources\":["
                                                        + FakeApiServer.resource("deployments", "Deployment")
                                                        + "," + FakeApiServer.resource("../../../secrets", "DaemonSet")
                                                        + "," + FakeApiServer.resource("daemon/sets", "DaemonSet")
                                                        + "]}"
                                                : "{\"kind\":\"DeploymentList\",\"items\":["
                                                        + FakeApiServer.workload("web", "d", "", "nginx:1") + "]}")
                        .write(out, request));
        read();
        assertThat(problems).isEmpty();
        assertThat(found).containsExactly("Deployment shop/web", "Pod shop/web");
        assertThat(asked("deployments")).isEqualTo(1);
        assertThat(asked("secrets") + asked("daemon")).isZero();
    }

    @Test
    void aTokenThatIsRepeatedEndsTheList() {
        server.on(PODS, RawServer.json(pods("same", FakeApiServer.pod("web", "u", "", "nginx:1"))));
        read();
        assertThat(problems).singleElement().asString().contains("names itself as the next one");
        assertThat(asked(PODS)).isEqualTo(2);
        assertThat(found).hasSize(1);
    }

    @Test
    void tokensThatNeverEndDo() {
        step = Duration.ofMinutes(1);
        AtomicInteger next = new AtomicInteger();
        server.on(
                PODS,
                (out, request) ->
                        RawServer.json(pods("t" + next.incrementAndGet())).write(out, request));
        read();
        assertThat(problems).singleElement().asString().contains("the cluster is not read within 6 hours");
        assertThat(asked(PODS)).isLessThan(400);
    }

    @Test
    void listsThatExpireForEverEnd() {
        step = Duration.ofMinutes(1);
        AtomicInteger next = new AtomicInteger();
        RawServer.Answer first = RawServer.json(pods("t0", FakeApiServer.pod("web", "u", "", "nginx:1")));
        server.on(PODS, (out, request) -> {
            if (request.contains("continue")) {
                RawServer.answer(
                                "410 Gone",
                                ("{\"kind\":\"Status\",\"metadata\":{\"continue\":\"t" + next.incrementAndGet()
                                                + "\"}}")
                                        .getBytes(UTF_8))
                        .write(out, request);
            } else {
                first.write(out, request);
            }
        });
        read();
        assertThat(problems).singleElement().asString().contains("the cluster is not read within 6 hours");
    }

    @Test
    void manyObjectsThatCannotBeReadAreCounted() {
        String deep =
                "{\"metadata\":{\"name\":\"deep\\u001b[31m\"},\"spec\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
        server.on(PODS, (out, request) -> {
            int at = request.contains("continue=") ? Integer.parseInt(request.replaceAll(".*continue=", "")) : 0;
            RawServer.json(pods(
                            at == 1_002 ? "" : String.valueOf(at + 1),
                            at == 1_002 ? FakeApiServer.pod("web", "u", "", "nginx:1") : deep))
                    .write(out, request);
        });
        read();
        assertThat(problems).hasSize(1_001).last().asString().isEqualTo("Pod: 2 more objects cannot be read");
        assertThat(problems.get(0)).startsWith("Pod deep\\u001b[31m: ");
        assertThat(found).containsExactly("Pod shop/web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\r\n\r\n",
                "HTTP/1.1 200",
                "HTTP/1.1 999 x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}"
            })
    void whatIsNoHttpIsAProblem(String answer) {
        server.on(PODS, (out, request) -> out.write(answer.getBytes(UTF_8)));
        read();
        assertThat(problems).singleElement().asString().startsWith("Pod: ");
    }

    @Test
    void interimAnswersThatNeverEndAreCut() {
        server.on(PODS, (out, request) -> flood(out, "HTTP/1.1 102 Processing\r\n\r\n"));
        read();
        assertThat(problems).singleElement().asString().startsWith("Pod: the API server ");
    }
}
