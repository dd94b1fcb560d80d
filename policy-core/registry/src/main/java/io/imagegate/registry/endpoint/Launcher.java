package io.imagegate.registry.endpoint;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.FlightLimits;
import io.imagegate.registry.http.Flights;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.registry.share.Share;
import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Runs flights: refuses them while the host is down or has asked to wait, retries once after a brief failure, enforces the
 * deadline, and probes the host when a failure may be an outage. Thread-safe; no thread waits.
 */
public final class Launcher {

    private static final Duration SLOW = Duration.ofSeconds(2);

    private final FlightLimits limits;
    private final TimeSource time;
    private final Executor executor;
    private final Flights flights;
    private final FairPermits budget;
    private final Map<Flight, CompletableFuture<?>> results;
    private final String user;

    public Launcher(FlightLimits limits, TimeSource time, Executor executor, Flights flights, FairPermits budget) {
        this(limits, time, executor, flights, budget, new ConcurrentHashMap<>(), "");
    }

    private Launcher(
            FlightLimits limits,
            TimeSource time,
            Executor executor,
            Flights flights,
            FairPermits budget,
            Map<Flight, CompletableFuture<?>> results,
            String user) {
        this.limits = limits;
        this.time = time;
        this.executor = executor;
        this.flights = flights;
        this.budget = budget;
        this.results = results;
        this.user = user;
    }

    /** {@return this launcher for one of its users} */
    public Launcher sharedBy(String name) {
        return new Launcher(limits, time, executor, flights, budget, results, name);
    }

    /** {@return what this user takes of an entry} */
    public Share share(Endpoint endpoint) {
        return new Share(endpoint.entry().name(), user);
    }

    /** Runs a flight to a host, now or when there is room for it. */
    public <T> CompletableFuture<T> launch(
            Endpoint endpoint, Health health, Function<Flight, CompletableFuture<T>> work) {
        return health.refusal()
                .map(CompletableFuture::<T>failedFuture)
                .orElseGet(() -> flights.submit(share(endpoint), () -> run(endpoint, health, work)));
    }

    private <T> CompletableFuture<T> run(
            Endpoint endpoint, Health health, Function<Flight, CompletableFuture<T>> work) {
        Optional<Failure> refusal = health.refusal();
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        Flight flight = new Flight(share(endpoint), budget, limits.timeout(), time);
        CompletableFuture<T> result = new CompletableFuture<>();
        results.put(flight, result);
        Timer slow = later(slow(), () -> suspect(health, result));
        Timer late = later(
                limits.timeout(),
                () -> result.completeExceptionally(Failure.suspect(endpoint.host() + " did not finish within "
                        + limits.timeout().toMillis() + " ms")));
        CompletableFuture<?> unused = attempt(flight, work)
                .exceptionallyCompose(thrown -> again(flight, work, result, Failure.of(thrown)))
                .whenComplete((value, thrown) -> {
                    if (thrown == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(Failure.of(thrown));
                    }
                });
        return result.whenComplete((value, thrown) -> {
                    results.remove(flight);
                    slow.cancel();
                    late.cancel();
                    flight.end();
                })
                .thenApply(value -> {
                    health.answered();
                    return value;
                })
                .exceptionallyCompose(thrown -> explained(health, Failure.of(thrown)));
    }

    private Timer later(Duration delay, Runnable task) {
        return time.schedule(delay, () -> executor.execute(task));
    }

    private <T> CompletableFuture<T> attempt(Flight flight, Function<Flight, CompletableFuture<T>> work) {
        return CompletableFuture.completedFuture(flight).thenComposeAsync(work, executor);
    }

    /** Retries once after a brief failure, unless the flight ends before that. */
    private <T> CompletableFuture<T> again(
            Flight flight, Function<Flight, CompletableFuture<T>> work, CompletableFuture<T> result, Failure failure) {
        if (failure.retryAfter().isEmpty()) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<Flight> pause = new CompletableFuture<>();
        CompletableFuture<?> unused = result.whenComplete((value, thrown) -> pause.cancel(false));
        return time.completeAfter(pause, failure.retryAfter().get(), () -> flight)
                .thenCompose(over -> attempt(over, work));
    }

    /** Ends all flights. */
    public void close() {
        flights.close();
        results.values().forEach(result -> result.completeExceptionally(Failure.undecidable("closed")));
    }

    /** Probes the host during a slow flight, and ends the flight if the host is down. */
    private static void suspect(Health health, CompletableFuture<?> result) {
        CompletableFuture<?> unused = health.probe().thenAccept(down -> down.ifPresent(result::completeExceptionally));
    }

    private Duration slow() {
        Duration quarter = limits.timeout().dividedBy(4);
        return quarter.compareTo(SLOW) < 0 ? quarter : SLOW;
    }

    private static <T> CompletableFuture<T> explained(Health health, Failure failure) {
        failure.pause().ifPresent(health::pause);
        return failure.isSuspect()
                ? health.explain(failure).thenCompose(CompletableFuture::failedFuture)
                : CompletableFuture.failedFuture(failure);
    }
}
