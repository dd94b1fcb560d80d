package io.imagegate.server.serve;

import io.imagegate.server.http.Gate;
import io.imagegate.server.log.Logs;
import java.time.Duration;

/**
 * The end of a server that loses no review: it says first that it is not ready, serves on while others hear of that, then
 * sends its clients elsewhere, answers what they have asked, and ends with exit status 0.
 */
final class Shutdown {

    private static final int OK = 0;
    private static final long LOOK_MILLIS = 20;

    /** A client that did not hear in time that it should go may ask until here: a request takes a few milliseconds. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private final Readiness readiness;
    private final Gate gate;
    private final HttpsServer server;
    private final LifeSettings settings;

    Shutdown(Readiness readiness, Gate gate, HttpsServer server, LifeSettings settings) {
        this.readiness = readiness;
        this.gate = gate;
        this.server = server;
        this.settings = settings;
    }

    /** Shuts the server down on SIGTERM. */
    void awaitSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "imagegate-end"));
    }

    private void run() {
        try {
            readiness.ending();
            Thread.sleep(settings.drainDelay().toMillis());
            gate.drain();
            server.goAway();
            finish();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            Logs.flush();
            // A process that ends by a signal reports it in its status, but this one was asked to end and did.
            Runtime.getRuntime().halt(OK);
        }
    }

    private void finish() throws InterruptedException {
        long end = System.nanoTime() + settings.drainTimeout().toNanos();
        long quietSince = System.nanoTime();
        while (System.nanoTime() < end && System.nanoTime() - quietSince < QUIET.toNanos()) {
            Thread.sleep(LOOK_MILLIS);
            if (gate.inFlight() > 0) {
                quietSince = System.nanoTime();
            }
        }
        server.close();
    }
}
