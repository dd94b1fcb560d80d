package io.imagegate.registry.endpoint;

import io.imagegate.gate.RegistryHost;
import io.imagegate.gate.RegistryHost.State;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.Response;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.time.TimeSource;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether one host is up. Only the host itself proves an outage: {@code GET /v2/}, which names no image, fails or is
 * answered with 5xx. Thread-safe.
 *
 * <p>A host that a pattern names never counts as down: whoever owns a name under it could make the outage. It is asked as
 * rarely while it is down, but what is not known then is undecidable.
 */
public final class Health {

    /** How long a proof counts. */
    private static final Duration PROOF = Duration.ofSeconds(30);

    /** How long after a proof the host is asked again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** How late a timer may be before the machine counts as busy. */
    private static final Duration LATE = Duration.ofMillis(500);

    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final long LIMIT = 64 << 10;

    /** Proxy Authentication Required: the host was not asked. */
    private static final int BY_PROXY = 407;

    /** An outage, when it was last proved, and when it was first. */
    private record Outage(Failure failure, long since, Instant began) {}

    private final Endpoint endpoint;
    private final FairPermits budget;
    private final Duration timeout;
    private final TimeSource time;
    private final AtomicReference<@Nullable CompletableFuture<Optional<Failure>>> probe = new AtomicReference<>();
    private volatile @Nullable Outage outage;
    private volatile boolean answered;
    private volatile long pausedUntil;

    Health(Endpoint endpoint, FairPermits budget, Duration flight, TimeSource time) {
        this.endpoint = endpoint;
        this.budget = budget;
        Duration half = flight.dividedBy(2);
        this.timeout = half.compareTo(PROBE) < 0 ? half : PROBE;
        this.time = time;
        this.pausedUntil = time.nanos();
    }

    /** {@return why requests are refused now; empty if they are sent} Probes a host that is down every five seconds. */
    Optional<Failure> refusal() {
        if (isPaused()) {
            return Optional.of(Failure.undecidable(endpoint.host() + " limits requests (429) and asked to wait"));
        }
        Outage last = outage;
        if (last != null && time.since(last.since()).compareTo(AGAIN) >= 0) {
            CompletableFuture<Optional<Failure>> unused = probe();
        }
        return outage();
    }

    /** {@return the host, and whether it answered when it was last asked} Asks nothing. */
    RegistryHost state() {
        Outage last = outage;
        if (last != null) {
            return new RegistryHost(endpoint.host(), State.DOWN, Optional.of(last.began()));
        }
        State state = isPaused() ? State.LIMITED : answered ? State.ANSWERS : State.UNUSED;
        return new RegistryHost(endpoint.host(), state, Optional.empty());
    }

    private boolean isPaused() {
        return pausedUntil - time.nanos() > 0;
    }

    /** Sends nothing for a while. */
    void pause(Duration pause) {
        pausedUntil = time.nanos() + pause.toNanos();
    }

    /** Records that the host answered a request. */
    void answered() {
        answered = true;
    }

    /** {@return the failure as the host itself explains it: an outage, or not} */
    CompletableFuture<Failure> explain(Failure failure) {
        return probe().thenApply(down -> down.orElseGet(() -> Failure.undecidable(
                failure.reason() + (answered ? "; the registry itself answers" : "; it never answered before"))));
    }

    /** Asks the host whether it is up, once at a time; the result is what look-ups end with while it is down, if it is proved to be. */
    CompletableFuture<Optional<Failure>> probe() {
        CompletableFuture<Optional<Failure>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Failure>> other = probe.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        CompletableFuture<?> unused = ask().whenComplete((down, thrown) -> {
            probe.set(null);
            mine.complete(down);
        });
        return mine;
    }

    private CompletableFuture<Optional<Failure>> ask() {
        long began = time.nanos();
        Flight flight = new Flight(new Object(), budget, timeout, time);
        CompletableFuture<Response> answer = CompletableFuture.completedFuture("/v2/")
                .thenCompose(path ->
                        endpoint.clients().own().send(flight, HttpRequest.newBuilder(endpoint.uri(path)), LIMIT));
        return time.failAfter(answer, timeout).handle((response, thrown) -> {
            flight.end();
            return thrown == null ? check(response) : check(thrown, time.nanos() - began);
        });
    }

    private Optional<Failure> check(Response response) {
        if (response.status() >= 500) {
            return down("it answered " + response.status() + " for /v2/");
        }
        answered |= response.status() != BY_PROXY;
        return noOutage();
    }

    private Optional<Failure> check(Throwable thrown, long nanos) {
        if (nanos > timeout.plus(LATE).toNanos()) {
            return noOutage(); // this machine was busy, which proves nothing about another
        }
        boolean timedOut = thrown instanceof TimeoutException;
        Failure failure = timedOut ? Failure.suspect("it did not answer /v2/ in time") : Failure.of(thrown);
        return failure.isSuspect() ? down(failure.reason()) : noOutage();
    }

    private Optional<Failure> noOutage() {
        outage = null;
        return Optional.empty();
    }

    private Optional<Failure> down(String reason) {
        String down = endpoint.host() + " is down: " + reason;
        Failure failure = endpoint.entry().isPattern()
                ? Failure.undecidable(
                        down + ", which counts as an outage only if an entry names the host exactly, not as "
                                + endpoint.entry().name())
                : Failure.unavailable(down);
        Outage before = outage;
        outage = new Outage(failure, time.nanos(), before == null ? time.instant() : before.began);
        return outage();
    }

    private Optional<Failure> outage() {
        Outage last = outage;
        return last != null && time.since(last.since()).compareTo(PROOF) < 0
                ? Optional.of(last.failure())
                : Optional.empty();
    }
}
