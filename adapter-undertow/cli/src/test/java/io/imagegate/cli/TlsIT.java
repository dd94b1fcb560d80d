package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.server.tls.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may ask the built jar, and how. */
class TlsIT {

    private static final int TLS_1_1 = 0x0302;
    private static final byte[] ALERT_PROTOCOL_VERSION = {2, 70};

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @Test
    void onlyForwardSecrecyAndAuthenticatedEncryptionAreSpoken() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = ServerHere.serve(folder)) {
            // The certificate's key is of an elliptic curve, so suites for RSA keys cannot be tried.
            for (String suite : TlsContexts.CIPHER_SUITES.stream()
                    .filter(suite -> !suite.contains("_RSA_"))
                    .toList()) {
                assertThat(handshake(tester, server, suite)).isEqualTo(suite);
            }
            for (String weak : List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA")) {
                assertThatThrownBy(() -> handshake(tester, server, weak))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("handshake_failure");
            }
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
        }
    }

    private static String handshake(ReviewTester tester, RunningServer server, String suite) throws Exception {
        try (SSLSocket socket = tester.connect(server)) {
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return socket.getSession().getCipherSuite();
        }
    }

    /** The JDK's client would not even offer the version, so its first message is written by hand. */
    @Test
    void oldVersionsAreNotSpoken() throws Exception {
        try (RunningServer server = ServerHere.serve(folder);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(clientHello(TLS_1_1));
            InputStream in = socket.getInputStream();
            byte[] header = in.readNBytes(5);
            assertThat(header).hasSize(5).startsWith(21);
            assertThat(in.readNBytes(2)).isEqualTo(ALERT_PROTOCOL_VERSION);
        }
    }

    private static byte[] clientHello(int version) {
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 2 + 4 + 2);
        // ECDHE_ECDSA and ECDHE_RSA with AES_128_CBC_SHA, no compression.
        body.putShort((short) version).put(new byte[32]).put((byte) 0);
        body.putShort((short) 4).putShort((short) 0xC009).putShort((short) 0xC013);
        body.put((byte) 1).put((byte) 0);
        int length = body.capacity();
        ByteBuffer record = ByteBuffer.allocate(5 + 4 + length);
        record.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + length));
        record.putInt(1 << 24 | length).put(body.array());
        return record.array();
    }

    @Test
    void oneOfTheNamesIsEnough() throws Exception {
        ReviewTester client = ReviewTester.as("apiserver-client", folder, Version.HTTP_2);
        try (RunningServer server = serveNamed("--client-name", "somebody", "--client-name", "cn:kube-apiserver")) {
            assertThat(client.ask(server, "nginx:1")).isEqualTo("allowed");
            assertThatThrownBy(() ->
                            ReviewTester.trusting(folder, Version.HTTP_1_1).ask(server, "nginx:1"))
                    .as("a client without a certificate")
                    .isInstanceOf(IOException.class);
            assertThat(client.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientWithAnotherNameIsToldSo(Version version) throws Exception {
        ReviewTester client = ReviewTester.as("apiserver-client", folder, version);
        try (RunningServer server = serveNamed("--client-name", "somebody", "--client-name", "dns:kube-apiserver")) {
            HttpResponse<String> answer = client.post(server, ReviewTester.review("nginx:1"));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"reason\":\"Forbidden\"", "none of the accepted names");
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"client_name\"}"))
                    .isEqualTo(1 + client.resets());
            assertThat(server.metric("imagegate_reviews_total{outcome=\"allowed\",policy_set=\"default\"}"))
                    .isZero();
        }
    }

    /** Prometheus is a client of that authority whose name no review may have. */
    @ParameterizedTest
    @EnumSource
    void metricsAreServedOverTlsToClientsWithACertificate(Version version) throws Exception {
        ReviewTester client = ReviewTester.as("apiserver-client", folder, version);
        try (ServerHere server = serveNamed("--client-name", "somebody", "--metrics-port", "0")) {
            assertThat(client.ask(server, "nginx:1")).isEqualTo("403");
            for (int scrapes = 0; scrapes < 3; scrapes++) {
                HttpResponse<String> answer = client.get(server.metrics());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body())
                        .contains("\nimagegate_reviews_rejected_total{reason=\"client_name\"} " + (1 + client.resets())
                                + ".0\n");
            }
            assertThat(client.get(server.metrics().replace("/metrics", "/validate"))
                            .statusCode())
                    .isEqualTo(404);
            assertThatThrownBy(() -> ReviewTester.trusting(folder, version).get(server.metrics()))
                    .as("a client without a certificate")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void metricsOverTlsNeedAnAuthorityOfClients() {
        assertThatThrownBy(() -> ServerHere.serve(folder, "--metrics-port", "0"))
                .hasMessage("--metrics-port: expected --client-ca, too");
    }

    @Test
    void metricsHaveAnAddressOfTheirOwn() {
        assertThatThrownBy(() -> serveNamed("--metrics-host", "192.0.2.1", "--metrics-port", "0"))
                .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ");
    }

    private static ServerHere serveNamed(String... names) throws Exception {
        String[] arguments = Arrays.copyOf(names, names.length + 2);
        arguments[names.length] = "--client-ca";
        arguments[names.length + 1] = folder.resolve("ca.pem").toString();
        return ServerHere.serve(folder, arguments);
    }
}
