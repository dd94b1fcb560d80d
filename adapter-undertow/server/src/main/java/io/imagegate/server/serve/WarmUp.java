package io.imagegate.server.serve;

import io.imagegate.server.tls.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends reviews of every kind to this server, over HTTP/1.1 and HTTP/2, so that the JVM loads the classes that reviews
 * need. Uses plain sockets, because an HTTP client would take longer to load than the server itself.
 */
final class WarmUp {

    private static final int PATIENCE_MILLIS = 20_000;

    /** The default of {@code --warm-up}, so that a server that does not train makes two connections. */
    private static final int REVIEWS_PER_CONNECTION = 20;

    private static final List<String> REVIEWS = List.of("image-review.json", "pod.json", "deployment.json");

    private final ListenAddress endpoint;
    private final String path;
    private final X509Certificate certificate;

    /** A connection that sends one request at a time. */
    interface Connection {

        /** Sends a review; fails unless the answer is 200. */
        void review(byte[] body) throws IOException;
    }

    WarmUp(ListenAddress endpoint, String path, X509Certificate certificate) {
        this.endpoint = endpoint;
        this.path = path;
        this.certificate = certificate;
    }

    /** {@return whether a warm-up of this length trains an AOT cache, which should hold handshakes, log and metrics, too} */
    static boolean isTraining(int reviews) {
        return reviews > REVIEWS_PER_CONNECTION;
    }

    /**
     * Sends reviews of images that most policies deny, because a denial runs more code.
     *
     * @param namespace of these reviews, which keeps them out of log and metrics
     * @param reviews how many, over each protocol
     * @throws IOException when one of them is not answered
     */
    void run(String namespace, int reviews) throws IOException {
        List<byte[]> bodies =
                REVIEWS.stream().map(name -> body(name, namespace)).toList();
        for (int sent = 0; sent < reviews; sent += REVIEWS_PER_CONNECTION) {
            send(bodies, Math.min(REVIEWS_PER_CONNECTION, reviews - sent));
        }
    }

    private void send(List<byte[]> bodies, int reviews) throws IOException {
        // Trusting only this certificate ensures that this server answers. A new context resumes no session, and API
        // servers resume none: every handshake is a full one.
        SSLContext tls = TlsContexts.pinned(certificate);
        try (SSLSocket http1 = connect(tls, "http/1.1");
                SSLSocket http2 = connect(tls, "h2")) {
            List<Connection> connections = List.of(new Http1WarmUp(http1, path), new Http2WarmUp(http2, path));
            for (int i = 0; i < reviews; i++) {
                for (Connection connection : connections) {
                    connection.review(bodies.get(i % bodies.size()));
                }
            }
        }
    }

    private SSLSocket connect(SSLContext tls, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(endpoint.host(), endpoint.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static byte[] body(String name, String namespace) {
        try (InputStream in = WarmUp.class.getResourceAsStream("warm-up/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .replace("NAMESPACE", namespace)
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
