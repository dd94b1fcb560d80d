package io.imagegate.server.serve;

import io.imagegate.gate.GateState;
import io.imagegate.policy.ImageGate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether the server is ready: policies of every name are loaded, the warm-up is done and no shutdown has begun. */
final class Readiness {

    private final Supplier<List<GateState>> policies;
    private volatile boolean warm;
    private volatile boolean shuttingDown;

    Readiness(Supplier<List<GateState>> policies) {
        this.policies = policies;
    }

    void warmedUp() {
        warm = true;
    }

    void shutDown() {
        shuttingDown = true;
    }

    /** {@return what somebody should look at, though the server is ready} */
    List<String> warnings() {
        return policies.get().stream()
                .flatMap(state -> warnings(state, state.policies().clock().instant()))
                .distinct()
                .toList();
    }

    private static Stream<String> warnings(GateState state, Instant now) {
        return state.trustedRoots().stream().flatMap(root -> root.warning(now).stream());
    }

    /** {@return why the server is not ready; empty if it is} */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        for (GateState state : policies.get()) {
            if (!state.isReady()) {
                obstacles.add("no policy is loaded"
                        + (state.name().equals(ImageGate.DEFAULT_NAME) ? "" : " for " + state.name()));
            }
        }
        if (!warm) {
            obstacles.add("the warm-up is not done");
        }
        if (shuttingDown) {
            obstacles.add("the server is shutting down");
        }
        return obstacles;
    }
}
