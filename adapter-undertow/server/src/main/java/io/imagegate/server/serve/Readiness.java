package io.imagegate.server.serve;

import io.imagegate.gate.GateHealth;
import io.imagegate.server.serve.ReadinessCheck.Result;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether the server is ready: policies of every name are loaded, reviews can succeed with its certificates, the warm-up is done and
 * no shutdown has begun.
 */
final class Readiness {

    private final Supplier<GateHealth> policies;
    private final Supplier<Stream<ReadinessCheck>> certificates;
    private volatile boolean warm;
    private volatile boolean shuttingDown;

    Readiness(Supplier<GateHealth> policies, Supplier<Stream<ReadinessCheck>> certificates) {
        this.policies = policies;
        this.certificates = certificates;
    }

    void warmedUp() {
        warm = true;
    }

    void shutDown() {
        shuttingDown = true;
    }

    /** {@return what was checked, with at least one line for each subject} */
    List<ReadinessCheck> checks() {
        GateHealth health = policies.get();
        return Stream.of(
                        ReadinessCheck.of("policies", health.obstacles(), health.warnings()),
                        certificates.get(),
                        ReadinessCheck.of("warm-up", warm ? List.of() : List.of("the warm-up is not done"), List.of()),
                        ReadinessCheck.of(
                                "shutdown",
                                shuttingDown ? List.of("the server is shutting down") : List.of(),
                                List.of()))
                .flatMap(lines -> lines)
                .toList();
    }

    /** {@return what somebody should look at, though the server is ready} */
    List<String> warnings() {
        return sentences(Result.WARNING);
    }

    /** {@return why the server is not ready; empty if it is} */
    List<String> obstacles() {
        return sentences(Result.FAILED);
    }

    private List<String> sentences(Result result) {
        return checks().stream()
                .filter(check -> check.result() == result)
                .map(ReadinessCheck::sentence)
                .toList();
    }
}
