package io.imagegate.server.serve;

import io.imagegate.gate.GateHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether the server is ready: policies of every name are loaded, the warm-up is done and no shutdown has begun. */
final class Readiness {

    private final Supplier<GateHealth> policies;
    private volatile boolean warm;
    private volatile boolean shuttingDown;

    Readiness(Supplier<GateHealth> policies) {
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
        return policies.get().warnings();
    }

    /** {@return why the server is not ready; empty if it is} */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>(policies.get().obstacles());
        if (!warm) {
            obstacles.add("the warm-up is not done");
        }
        if (shuttingDown) {
            obstacles.add("the server is shutting down");
        }
        return obstacles;
    }
}
