package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built jar over HTTPS with both protocols, asked what no API server would ask. */
class ServeIT {

    private static final String REVIEW = ReviewTester.review("nginx:1.17.1");

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static RunningJar server;

    @SuppressWarnings("NullAway.Init")
    private static SSLContext tls;

    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        tls = TlsContexts.client(TlsFiles.certificates(folder.resolve("ca.pem")).get(0));
        // Without the optimizing compiler, and beside other tests, 20 MB may take more than the usual 10 s.
        server = RunningJar.serve(folder, "--request-timeout", "60s");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void oneLineTellsWhereAndWhoMayAsk() throws Exception {
        assertThat(server.output().lines().filter(line -> !line.contains("Z denied ")))
                .hasSize(1);
        assertThat(server.output())
                .contains(server.url(), "no --client-ca: accepts every client that reaches the port");
    }

    @ParameterizedTest
    @EnumSource
    void reviewsAreAnswered(Version version) throws Exception {
        HttpResponse<String> answer = post(version, "/image_policy?timeout=30s", "application/json", REVIEW);

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"kind\":\"ImageReview\"", "\"status\":{\"allowed\":true}");
    }

    @ParameterizedTest
    @EnumSource
    void wrongMethodPathAndMediaTypeGetAStatus(Version version) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(URI.create(server.url())).build();
        HttpResponse<String> method = client(version).send(get, BodyHandlers.ofString());
        assertStatus(method, 405, "GET");
        assertThat(method.headers().firstValue("Allow")).contains("POST");
        assertStatus(post(version, "/elsewhere", "application/json", REVIEW), 404, "/elsewhere");
        assertStatus(post(version, "/image_policy", "text/plain", REVIEW), 415, "text/plain");
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsPostedAsAReviewIsDecided(Version version) throws Exception {
        String fiveMegabytes = REVIEW + " ".repeat(5_000_000) + "{}";
        for (String body : List.of("", "{}", REVIEW.substring(0, REVIEW.length() / 2), "[]", "\u0000", fiveMegabytes)) {
            HttpResponse<String> answer = post(version, "/image_policy", "application/json", body);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"allowed\":false", "\"reason\":\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOverTheLimitIsDeniedAndTheNextReviewIsAnswered(Version version) throws Exception {
        HttpResponse<String> answer =
                post(version, "/image_policy", "application/json", " ".repeat(20_000_000) + REVIEW);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"allowed\":false", "too large");
        assertThat(post(version, "/image_policy", "application/json", REVIEW).body())
                .contains("\"allowed\":true");
    }

    /** The jar runs with a heap of 256 MB here; one allocation by such a header would end it. */
    @Test
    void anAnnouncedLengthCostsNothing() throws Exception {
        List<SSLSocket> sockets = new ArrayList<>();
        try {
            // Alone, so that no body waits for the memory of this one, however slowly it comes.
            SSLSocket first = announce(600_000_000);
            sockets.add(first);
            OutputStream out = first.getOutputStream();
            out.write(" ".repeat((8 << 20) + 1).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = first.getInputStream();
            assertThat(new String(in.readNBytes(15), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            for (int i = 0; i < 10; i++) {
                sockets.add(announce(600_000_000));
            }
            assertThat(post(Version.HTTP_2, "/image_policy", "application/json", REVIEW)
                            .body())
                    .contains("\"allowed\":true");
        } finally {
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static SSLSocket announce(long length) throws Exception {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(60_000);
        String head = "POST /image_policy HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static HttpResponse<String> post(Version version, String path, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url()).resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client(version).send(request, BodyHandlers.ofString());
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).sslContext(tls).build();
    }

    private static void assertStatus(HttpResponse<String> answer, int status, String named) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"kind\":\"Status\"", "\"code\":" + status, named);
    }
}
