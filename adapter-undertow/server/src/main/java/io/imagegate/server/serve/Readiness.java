package io.imagegate.server.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the server is ready: a policy is loaded, the warm-up is done and no shutdown has begun. */
final class Readiness {

    private final BooleanSupplier loaded;
    private final Supplier<List<String>> warnings;
    private volatile boolean warm;
    private volatile boolean shuttingDown;

    Readiness(BooleanSupplier loaded, Supplier<List<String>> warnings) {
        this.loaded = loaded;
        this.warnings = warnings;
    }

    void warmedUp() {
        warm = true;
    }

    void shutDown() {
        shuttingDown = true;
    }

    /** {@return what somebody should look at, though the server is ready} */
    List<String> warnings() {
        return warnings.get();
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
