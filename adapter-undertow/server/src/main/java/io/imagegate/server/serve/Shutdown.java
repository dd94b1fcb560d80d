package io.imagegate.server.serve;

import io.imagegate.server.http.RequestLimiter;
import io.imagegate.server.log.Logs;
import io.imagegate.server.undertow.HttpsServer;
import io.imagegate.time.TimeSource;
import java.time.Duration;

/**
 * Shuts down gracefully, so that no review is lost: reports not ready, keeps serving while load balancers remove the
 * server, then asks clients to reconnect elsewhere, answers open requests, and exits with status 0.
 */
final class Shutdown {

    private static final int OK = 0;
    private static final long LOOK_MILLIS = 20;

    /** The server closes when there was no request for this long: a client may send one before it reads the GOAWAY. */
    private static final Duration QUIET = Duration.ofMillis(200);

    /** Time for the answers of reviews that wait for registries, which are decided without then. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final Readiness readiness;
    private final RequestLimiter limiter;
    private final HttpsServer server;
    private final LifecycleSettings settings;
    private final Runnable endLookUps;
    private final Runnable lastNotifications;

    Shutdown(
            Readiness readiness,
            RequestLimiter limiter,
            HttpsServer server,
            LifecycleSettings settings,
            Runnable endLookUps,
            Runnable lastNotifications) {
        this.readiness = readiness;
        this.limiter = limiter;
        this.server = server;
        this.settings = settings;
        this.endLookUps = endLookUps;
        this.lastNotifications = lastNotifications;
    }

    /** Shuts down on SIGTERM. */
    void onSigterm() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "imagegate-shutdown"));
    }

    private void run() {
        try {
            readiness.shutDown();
            Thread.sleep(settings.drainDelay().toMillis());
            limiter.drain();
            server.goAway();
            finish();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            Logs.flush();
            // Otherwise the exit status would report the signal, although the shutdown was orderly.
            Runtime.getRuntime().halt(OK);
        }
    }

    private void finish() throws InterruptedException {
        long timeout = settings.drainTimeout().toNanos();
        long end = TimeSource.system().nanos() + timeout;
        long lastAnswers = Math.min(timeout / 2, LAST_ANSWERS.toNanos());
        long quietSince = TimeSource.system().nanos();
        while (TimeSource.system().nanos() < end && TimeSource.system().nanos() - quietSince < QUIET.toNanos()) {
            Thread.sleep(LOOK_MILLIS);
            if (end - TimeSource.system().nanos() < lastAnswers) {
                endLookUps.run();
            }
            if (limiter.inFlight() > 0) {
                quietSince = TimeSource.system().nanos();
            }
        }
        server.close();
        lastNotifications.run();
    }
}
