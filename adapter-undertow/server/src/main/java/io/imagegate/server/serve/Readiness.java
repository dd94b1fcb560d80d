package io.imagegate.server.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether the server is ready: a policy is loaded, the warm-up is done and no shutdown has begun. */
final class Readiness {

    private final BooleanSupplier loaded;
    private volatile boolean warm;
    private volatile boolean shuttingDown;

    Readiness(BooleanSupplier loaded) {
        this.loaded = loaded;
    }

    void warmedUp() {
        warm = true;
    }

    void shutDown() {
        shuttingDown = true;
    }

    /** {@return why the server is not ready; empty if it is} */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!loaded.getAsBoolean()) {
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
