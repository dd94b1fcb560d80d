package io.imagegate.server.serve;

import io.imagegate.gate.GateState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether the server is ready: a policy is loaded, the warm-up is done and no shutdown has begun. */
final class Readiness {

    private final Supplier<GateState> gate;
    private volatile boolean warm;
    private volatile boolean shuttingDown;

    Readiness(Supplier<GateState> gate) {
        this.gate = gate;
    }

    void warmedUp() {
        warm = true;
    }

    void shutDown() {
        shuttingDown = true;
    }

    /** {@return what somebody should look at, though the server is ready} */
    List<String> warnings() {
        GateState state = gate.get();
        Instant now = state.policies().clock().instant();
        return state.trustedRoots().stream()
                .flatMap(root -> root.warning(now).stream())
                .toList();
    }

    /** {@return why the server is not ready; empty if it is} */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!gate.get().isReady()) {
            obstacles.add("no policy is loaded");
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
