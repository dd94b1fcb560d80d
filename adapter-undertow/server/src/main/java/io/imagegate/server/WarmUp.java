package io.imagegate.server;

import io.imagegate.server.tls.TlsContexts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/**
 * Asks a server of one's own until it has loaded what a review needs. By a plain socket: an HTTP client would take longer
 * to load than the server itself.
 */
final class WarmUp {

    private static final int REVIEWS = 20;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String LENGTH = "content-length:";

    private final Endpoint endpoint;
    private final X509Certificate certificate;

    WarmUp(Endpoint endpoint, X509Certificate certificate) {
        this.endpoint = endpoint;
        this.certificate = certificate;
    }

    /**
     * Asks about an image that most policies deny, which takes the longer way.
     *
     * @param namespace tells these reviews from those of others
     * @throws IOException when one of them is not answered
     */
    void run(String namespace) throws IOException {
        String body =
                ReviewClient.review("imagegate.invalid/warm-up:latest").replace("\"default\"", "\"" + namespace + "\"");
        byte[] request = ("POST /image_policy HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        // Trusting this very certificate proves that it is this very server that answers.
        try (SSLSocket socket = (SSLSocket)
                TlsContexts.pinned(certificate).getSocketFactory().createSocket(endpoint.host(), endpoint.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < REVIEWS; i++) {
                socket.getOutputStream().write(request);
                expectAnswer(in);
            }
        }
    }

    private static void expectAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered with " + status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed the connection");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
