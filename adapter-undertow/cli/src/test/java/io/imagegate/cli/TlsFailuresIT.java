package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that the built jar does not let in leave a trace, and none gets in by an old session. */
class TlsFailuresIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String FAILURES = "imagegate_tls_handshake_failures_total";
    private static final String EXPIRY = "imagegate_client_certificate_expiry_timestamp_seconds";

    private final Instant now = Instant.now();
    private final Authority authority = Authority.create("now", now, DAY.multipliedBy(3));
    private final Identity good = authority.client("kube-apiserver", DAY);

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private SecretVolume volume;

    @BeforeEach
    void mount() throws Exception {
        volume = new SecretVolume(folder);
        volume.next()
                .identity(authority.server(List.of(Host.parse("127.0.0.1")), DAY))
                .clientAuthorities(authority.identity())
                .publish();
    }

    @Test
    void anExpiredCertificateIsCountedAndLoggedOnceAMinute() throws Exception {
        Authority past = Authority.create("past", now.minus(DAY.multipliedBy(3)), DAY.multipliedBy(6));
        Identity expired = past.client("old\u202e\nname", DAY);
        volume.next()
                .identity(authority.server(List.of(Host.parse("127.0.0.1")), DAY))
                .clientAuthorities(past.identity())
                .publish();
        try (RunningJar server = serveJar()) {
            for (int i = 0; i < 4; i++) {
                expectNoAnswer(server, client(expired));
            }
            awaitFailures(server, "expired", 4);
            server.awaitOutput("rejected a client certificate");
            assertThat(server.output().lines().filter(line -> line.contains("rejected a client certificate")))
                    .singleElement()
                    .asString()
                    .contains(
                            "WARNING",
                            "has expired",
                            "CN=old\\u202e",
                            "valid until " + expired.certificate().getNotAfter().toInstant());
            assertThat(server.metric(EXPIRY)).isNaN();
            // The near-miss: the same authority, a day longer.
            assertThat(ask(server, client(past.client("kube-apiserver", DAY.multipliedBy(5)))))
                    .isEqualTo("allowed");
        }
    }

    @Test
    void eachReasonIsCounted() throws Exception {
        // The same name, or the client would not even show its certificate.
        Authority other = Authority.create("now", now, DAY);
        try (RunningJar server = serveJar()) {
            expectNoAnswer(server, client(other.client("kube-apiserver", DAY)));
            awaitFailures(server, "untrusted", 1);
            expectNoAnswer(server, ReviewTester.trusting(authority.identity().certificate(), Version.HTTP_1_1));
            awaitFailures(server, "missing", 1);
            expectNoAnswer(server, ReviewTester.as(good, other.identity().certificate(), Version.HTTP_1_1));
            awaitFailures(server, "alert", 1);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                awaitFailures(server, "protocol", 1);
            }
            try (Socket nothing = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(nothing.isConnected()).isTrue();
            }

            assertThat(ask(server, client(good))).isEqualTo("allowed");
            assertThat(server.metric(EXPIRY)).isEqualTo((double)
                    good.certificate().getNotAfter().toInstant().getEpochSecond());
            assertThat(server.manage("/metrics").lines().filter(line -> line.startsWith(FAILURES)))
                    .filteredOn(line -> !line.endsWith(" 0.0"))
                    .hasSize(4)
                    .allMatch(line -> line.endsWith(" 1.0"));
            assertThat(server.output()).doesNotContain("Exception");
        }
    }

    @Test
    void aSessionIsResumedUntilItsAuthorityIsWithdrawn() throws Exception {
        Authority next = Authority.create("next", now, DAY);
        ReviewTester client = client(good);
        try (RunningServer server = serve()) {
            long first = session(server, client);
            assertThat(session(server, client)).as("resumed").isEqualTo(first);

            double before = server.metric("imagegate_certificate_reloads_total{outcome=\"success\"}");
            volume.next()
                    .identity(authority.server(List.of(Host.parse("127.0.0.1")), DAY))
                    .clientAuthorities(next.identity())
                    .publish();
            Conditions.await(
                    "the new authority is used",
                    () -> server.metric("imagegate_certificate_reloads_total{outcome=\"success\"}") > before);
            expectNoAnswer(server, client);
            // Clients show no certificate of an authority that the server does not name.
            awaitFailures(server, "missing", 1);
        }
    }

    @Test
    void aCertificateExpiresInAnOpenConnectionAndInAResumedSession() throws Exception {
        try (RunningServer server = serve()) {
            long began = System.nanoTime();
            session(server, client(good));
            // A busy machine takes longer for the handshakes that must be over before it expires.
            Duration enough = Duration.ofSeconds(3).plusNanos(20 * (System.nanoTime() - began));
            ReviewTester client = client(authority.client(
                    "kube-apiserver", Duration.between(now, Instant.now().plus(enough))));
            long first = session(server, client);
            try (SSLSocket open = client.connect(server);
                    SSLSocket resumed = client.connect(server)) {
                assertThat(ReviewTester.askOver(open, "nginx:1")).isEqualTo("allowed");
                resumed.startHandshake();
                assertThat(open.getSession().getCreationTime()).isEqualTo(first);
                assertThat(resumed.getSession().getCreationTime()).isEqualTo(first);
                try (Http2Frames streams = new Http2Frames(client.connect(server))) {
                    Conditions.await("it expires", () -> status(open).equals("403"));
                    assertThat(status(resumed)).isEqualTo("403");
                    expectAnswerAndGoAway(streams);
                }
            }
            expectNoAnswer(server, client);
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"client_expired\"}"))
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static void expectAnswerAndGoAway(Http2Frames client) throws IOException {
        client.begin(1);
        client.end(1, ReviewTester.review("nginx:1"));
        List<String> received = new ArrayList<>();
        for (Http2Frames.Frame frame = client.read(); !frame.isEnd(); frame = client.read()) {
            received.add(frame.type() + " " + frame.stream() + " error " + frame.errorCode());
        }
        assertThat(received).contains("1 1 error 0", "0 1 error 0").endsWith("7 0 error 0");
    }

    /** Asks, and tells when the session was created: a resumed one keeps that time. */
    private static long session(RunningServer server, ReviewTester client) throws IOException {
        try (SSLSocket socket = client.connect(server)) {
            assertThat(ReviewTester.askOver(socket, "nginx:1")).isEqualTo("allowed");
            return socket.getSession().getCreationTime();
        }
    }

    private static String status(SSLSocket socket) throws IOException {
        String review = ReviewTester.review("nginx:1");
        socket.getOutputStream()
                .write(("POST /image_policy HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + review.length() + "\r\n\r\n" + review)
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("}}") < 0 && answer.indexOf("403}") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + answer);
            }
            answer.append((char) next);
        }
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    private static String ask(RunningServer server, ReviewTester client) throws Exception {
        return client.ask(server, "nginx:1");
    }

    private static void expectNoAnswer(RunningServer server, ReviewTester client) {
        assertThatThrownBy(() -> session(server, client)).isInstanceOf(IOException.class);
    }

    private static void awaitFailures(RunningServer server, String reason, int count) throws Exception {
        Conditions.await(
                count + " failures " + reason, () -> server.metric(FAILURES + "{reason=\"" + reason + "\"}") == count);
    }

    private ServerHere serve() throws IOException {
        return ServerHere.serve(
                folder, "--client-ca", volume.clientAuthorities().toString(), "--request-timeout", "60s");
    }

    private RunningJar serveJar() throws IOException, InterruptedException {
        return RunningJar.serveManaged(
                folder, "--client-ca", volume.clientAuthorities().toString());
    }

    private ReviewTester client(Identity identity) {
        return ReviewTester.as(identity, authority.identity().certificate(), Version.HTTP_1_1);
    }
}
