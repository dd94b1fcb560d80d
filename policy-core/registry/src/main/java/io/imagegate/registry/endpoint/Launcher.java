package io.imagegate.registry.endpoint;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.http.ByteBudget;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.FlightLimits;
import io.imagegate.registry.http.Flights;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs flights: refuses them while the host is down or has asked to wait, retries once after a brief failure, enforces the
 * deadline, and probes the host when a failure may be an outage. Thread-safe; no thread waits.
 */
public final class Launcher {

    private static final Duration SLOW = Duration.ofSeconds(2);

    private final FlightLimits limits;
    private final ScheduledExecutorService timer;
    private final Flights flights;
    private final ByteBudget budget;
    private final Map<Flight, CompletableFuture<?>> landings = new ConcurrentHashMap<>();
    private final RetryPolicy<Object> once = RetryPolicy.builder()
            .handleIf(thrown -> Failure.of(thrown).retryAfter().isPresent())
            .withMaxRetries(1)
            .withDelayFnOn(
                    context ->
                            Failure.of(context.getLastException()).retryAfter().orElse(Duration.ZERO),
                    Throwable.class)
            .build();

    public Launcher(FlightLimits limits, ScheduledExecutorService timer, Flights flights, ByteBudget budget) {
        this.limits = limits;
        this.timer = timer;
        this.flights = flights;
        this.budget = budget;
    }

    /** Runs a flight to a host, now or when there is room for it. */
    public <T> CompletableFuture<T> launch(
            Endpoint endpoint, Health health, Function<Flight, CompletableFuture<T>> work) {
        return health.refusal()
                .map(CompletableFuture::<T>failedFuture)
                .orElseGet(() -> flights.fly(endpoint.lane(), () -> run(endpoint, health, work)));
    }

    private <T> CompletableFuture<T> run(
            Endpoint endpoint, Health health, Function<Flight, CompletableFuture<T>> work) {
        Optional<Failure> refusal = health.refusal();
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        Flight flight = new Flight(endpoint.lane(), budget, limits.timeout());
        CompletableFuture<T> landing = new CompletableFuture<>();
        landings.put(flight, landing);
        CompletableFuture<T> attempts = Failsafe.with(once).with(timer).getStageAsync(() -> work.apply(flight));
        Future<?> slow = timer.schedule(() -> suspect(health, landing), slow().toMillis(), TimeUnit.MILLISECONDS);
        Future<?> late = timer.schedule(
                () -> landing.completeExceptionally(Failure.suspect(endpoint.host() + " did not finish within "
                        + limits.timeout().toMillis() + " ms")),
                limits.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        CompletableFuture<?> unused = attempts.whenComplete((value, thrown) -> {
            if (thrown == null) {
                landing.complete(value);
            } else {
                landing.completeExceptionally(Failure.of(thrown));
            }
        });
        return landing.whenComplete((value, thrown) -> {
                    landings.remove(flight);
                    slow.cancel(false);
                    late.cancel(false);
                    flight.end();
                    attempts.cancel(true);
                })
                .thenApply(value -> {
                    health.answered();
                    return value;
                })
                .exceptionallyCompose(thrown -> explained(health, Failure.of(thrown)));
    }

    /** Ends all flights. */
    public void close() {
        flights.close();
        landings.values().forEach(landing -> landing.completeExceptionally(Failure.undecidable("closed")));
    }

    /** Probes the host during a slow flight, and ends the flight if the host is down. */
    private static void suspect(Health health, CompletableFuture<?> landing) {
        CompletableFuture<?> unused = health.probe().thenAccept(down -> down.ifPresent(landing::completeExceptionally));
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
