package io.imagegate.cli;

import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Asks a running server, over connections that it keeps. */
final class ReviewTester {

    private static final int PATIENCE_MILLIS = 120_000;
    private static final int MOST_TRIES = 5;

    private final SSLContext tls;
    private final HttpClient http;
    private final AtomicInteger resets = new AtomicInteger();

    private ReviewTester(SSLContext tls, Version version) {
        this.tls = tls;
        this.http = HttpClient.newBuilder().version(version).sslContext(tls).build();
    }

    /** Trusts the authority in a folder that {@code certs} made, and shows no certificate. */
    static ReviewTester trusting(Path folder, Version version) {
        return new ReviewTester(
                TlsContexts.client(
                        TlsFiles.certificates(folder.resolve("ca.pem")).get(0)),
                version);
    }

    /** Trusts servers of this authority, and shows no certificate. */
    static ReviewTester trusting(X509Certificate authority, Version version) {
        return new ReviewTester(TlsContexts.client(authority), version);
    }

    /** Shows a certificate of that folder, too. */
    static ReviewTester as(String name, Path folder, Version version) {
        return as(
                TlsFiles.identity(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem")),
                TlsFiles.certificates(folder.resolve("ca.pem")).get(0),
                version);
    }

    /** Shows this certificate, and trusts servers of this authority. */
    static ReviewTester as(Identity identity, X509Certificate authority, Version version) {
        // A side that shows a certificate and knows an authority needs the same context, whichever side it is.
        return new ReviewTester(TlsContexts.server(identity, List.of(authority)), version);
    }

    /** The review of a pod with one container. */
    static String review(String image) {
        return """
                {"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1",\
                "spec":{"containers":[{"image":"%s"}],"namespace":"default"}}""".formatted(image);
    }

    HttpResponse<String> post(RunningServer server, String body) throws IOException, InterruptedException {
        return send(request(server.url(), body));
    }

    /**
     * A client that may not ask is answered before its review is read, and the rest of that is reset. The client of JDK 17
     * takes such a reset for a failure, if it has not yet read the answer before it; so it asks again.
     */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return http.send(request, BodyHandlers.ofString());
            } catch (IOException reset) {
                if (tries == MOST_TRIES || !"RST_STREAM received".equals(reset.getMessage())) {
                    throw reset;
                }
                resets.incrementAndGet();
            }
        }
    }

    /** {@return how often it has asked again, each time for a request that the server has counted} */
    int resets() {
        return resets.get();
    }

    HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Posts to another path. */
    HttpResponse<String> post(RunningServer server, String path, String body) throws IOException, InterruptedException {
        return send(request(server.url().replace("/image_policy", path), body));
    }

    CompletableFuture<HttpResponse<String>> postAsync(RunningServer server, String body) {
        return postAsync(server, "", body);
    }

    /** Posts with a query such as {@code ?timeout=2s}. */
    CompletableFuture<HttpResponse<String>> postAsync(RunningServer server, String query, String body) {
        return http.sendAsync(request(server.url() + query, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(String url, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** {@code allowed}, {@code denied} or the status code. */
    String ask(RunningServer server, String image) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(server, review(image));
        if (answer.statusCode() != 200) {
            return Integer.toString(answer.statusCode());
        }
        return answer.body().contains("\"allowed\":true") ? "allowed" : "denied";
    }

    /** The certificate with which the server proves itself in a new connection. */
    X509Certificate certificate(RunningServer server) throws IOException {
        try (SSLSocket socket = connect(server)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    SSLSocket connect(RunningServer server) throws IOException {
        return connect(server, 0);
    }

    /** Connects from this port, 0 for any; a port of a connection that was reset may be used again. */
    SSLSocket connect(RunningServer server, int from) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Socket plain = new Socket();
        plain.setReuseAddress(true);
        plain.bind(new InetSocketAddress(loopback, from));
        plain.connect(new InetSocketAddress(loopback, server.port()));
        // Otherwise a frame that follows another waits for its acknowledgement, which the other side delays by 40 ms.
        plain.setTcpNoDelay(true);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", server.port(), true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Asks over a connection of HTTP/1.1 that stays open: {@code allowed} or {@code denied}. */
    static String askOver(SSLSocket socket, String image) throws IOException {
        String review = review(image);
        socket.getOutputStream().write((head(review.length()) + review).getBytes(StandardCharsets.US_ASCII));
        return answer(socket);
    }

    /** What a connection of HTTP/1.1 is answered: {@code allowed} or {@code denied}. */
    static String answer(SSLSocket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (!answer.toString(StandardCharsets.US_ASCII).endsWith("}}")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + answer.toString(StandardCharsets.US_ASCII));
            }
            answer.write(next);
        }
        return answer.toString(StandardCharsets.US_ASCII).contains("\"allowed\":true") ? "allowed" : "denied";
    }

    private static String head(int length) {
        return "POST /image_policy HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
    }

    /** A connection that sent the head of a request and nothing of its body. */
    SSLSocket announce(RunningServer server, int length) throws IOException {
        SSLSocket socket = connect(server);
        socket.getOutputStream().write(head(length).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
