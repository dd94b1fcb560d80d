package io.imagegate.bench.server;

import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Connections of TLS 1.3 with one review each, one after the other: what one costs the server. */
final class Handshakes {

    /** A name, because clients keep sessions by names. */
    private static final String HOST = "localhost";

    private static final int WARM_UP = 4_000;
    private static final int MEASURED = 2_000;
    /** Reviews on one connection, for the time of one. */
    private static final int MORE = 20;

    /**
     * What was measured of one server.
     *
     * @param way how it is started
     * @param fullMicros processor time of a connection with a full handshake and a review
     * @param resumedMicros the same with a session that is resumed
     * @param reviewMicros processor time of a further review on such a connection
     */
    record Result(String way, double fullMicros, double resumedMicros, double reviewMicros) {}

    private final Path log;
    private final Path authority;
    private final byte[] request;

    Handshakes(Path folder, Path authority) throws IOException {
        this.log = folder.resolve("servers.log");
        this.authority = authority;
        byte[] body = Files.readAllBytes(folder.resolve("review.json"));
        String head =
                "POST /image_policy HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n";
        this.request = (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    List<Result> of(List<Contestant> ways) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Contestant way : ways) {
            try (Contestant.Running server = way.start(log)) {
                SSLContext kept = context();
                connect(server, null, WARM_UP, 1);
                double full = micros(server, null, 1);
                connect(server, kept, WARM_UP, 1);
                double resumed = micros(server, kept, 1);
                connect(server, kept, WARM_UP, 1 + MORE);
                double review = (micros(server, kept, 1 + MORE) - resumed) / MORE;
                Result result = new Result(way.name(), full, resumed, review);
                System.out.println(result);
                results.add(result);
            }
        }
        return results;
    }

    private SSLContext context() {
        return TlsContexts.client(TlsFiles.certificates(authority).get(0));
    }

    private double micros(Contestant.Running server, @Nullable SSLContext kept, int reviews) throws IOException {
        Duration before = server.processorTime();
        connect(server, kept, MEASURED, reviews);
        return server.processorTime().minus(before).toNanos() / 1e3 / MEASURED;
    }

    private void connect(Contestant.Running server, @Nullable SSLContext kept, int times, int reviews)
            throws IOException {
        for (int i = 0; i < times; i++) {
            long start = System.currentTimeMillis();
            SSLContext context = kept == null ? context() : kept;
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(HOST, server.port())) {
                // Else the request waits for the acknowledgement of the handshake.
                socket.setTcpNoDelay(true);
                for (int j = 0; j < reviews; j++) {
                    socket.getOutputStream().write(request);
                    readAnswer(socket.getInputStream());
                }
                if (i > 0 && kept != null) {
                    requireResumed(socket, start);
                }
            }
        }
    }

    private static void requireResumed(SSLSocket socket, long start) throws IOException {
        if (socket.getSession().getCreationTime() >= start) {
            throw new IOException("expected a session that is resumed, got a new one");
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        int length = 0;
        String text = "";
        while (!text.contains("}}") && length < buffer.length) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        }
        if (!text.startsWith("HTTP/1.1 200") || !text.contains("}}")) {
            throw new IOException("expected an answer to a review, got " + text);
        }
    }
}
