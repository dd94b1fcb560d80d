package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two well-behaved clients, one with a new connection for each review and one that keeps its connection of HTTP/2, and a
 * kubelet that probes. An answer is late after 30 s, the longest time-out that a webhook can set.
 */
final class GoodClients {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAUSE_MILLIS = 20;
    private static final int PROBE_MILLIS = 250;

    private final AttackedServer server;
    private final Credentials credentials;
    private final Tally tally;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> threads;
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger truths = new AtomicInteger();
    private volatile long most;

    /** Answered reviews and failed ones since the last probe. */
    private final AtomicInteger answered = new AtomicInteger();

    private final AtomicInteger failed = new AtomicInteger();

    GoodClients(AttackedServer server, Credentials credentials, Tally tally) {
        this.server = server;
        this.credentials = credentials;
        this.tally = tally;
        this.threads = List.of(
                new Thread(this::connectAnew, "client with new connections"),
                new Thread(this::keepConnection, "client with a kept connection"),
                new Thread(this::probe, "kubelet"));
        threads.forEach(Thread::start);
    }

    private void connectAnew() {
        try {
            while (!isOver()) {
                for (Review review : Review.values()) {
                    note("new connection, " + review, review, () -> askAnew(server, credentials, review));
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepConnection() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(credentials.apiserver())
                .build();
        URI url = URI.create("https://127.0.0.1:" + server.port() + "/image_policy");
        try {
            while (!isOver()) {
                for (Review review : Review.values()) {
                    HttpRequest request = HttpRequest.newBuilder(url)
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(review.body()))
                            .build();
                    note(
                            "kept connection, " + review,
                            review,
                            () -> http.send(request, BodyHandlers.ofString()).body());
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String kind, Review review, Tally.Question question) throws InterruptedException {
        (tally.note(kind, review, question) ? answered : failed).incrementAndGet();
        pause(PAUSE_MILLIS);
    }

    /** The answer over a new connection. */
    static String askAnew(AttackedServer server, Credentials credentials, Review review) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            plain.setSoTimeout((int) PATIENCE.toMillis());
            Socket socket =
                    credentials.apiserver().getSocketFactory().createSocket(plain, "127.0.0.1", server.port(), true);
            OutputStream out = socket.getOutputStream();
            String head = Http1Attacks.head("POST /image_policy") + "Connection: close\r\nContent-Length: "
                    + review.body().length + "\r\n\r\n";
            out.write(head.getBytes(US_ASCII));
            out.write(review.body());
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** Liveness is true when it fails while no review is answered, or succeeds while one is, or none was awaited. */
    private void probe() {
        try {
            while (!isOver()) {
                answered.set(0);
                failed.set(0);
                boolean isAlive = server.probe("/livez");
                ready.addAndGet(server.probe("/readyz") ? 1 : 0);
                most = Math.max(most, server.resident());
                pause(PROBE_MILLIS);
                probes.incrementAndGet();
                alive.addAndGet(isAlive ? 1 : 0);
                boolean serves = answered.get() > 0 || (failed.get() == 0 && isAlive);
                truths.addAndGet(isAlive == serves ? 1 : 0);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the probes found. */
    Probes probes() {
        return new Probes(probes.get(), alive.get(), ready.get(), truths.get());
    }

    /** The most resident memory that was seen, in KiB. */
    long mostResident() {
        return most;
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }

    private void pause(long millis) throws InterruptedException {
        over.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits until what was asked is answered, or late. */
    void stop() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
    }
}
