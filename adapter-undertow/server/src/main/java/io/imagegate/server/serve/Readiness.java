package io.imagegate.server.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether reviews should be sent here: with a policy, warm, and not about to end. */
final class Readiness {

    private final BooleanSupplier loaded;
    private volatile boolean warm;
    private volatile boolean ending;

    Readiness(BooleanSupplier loaded) {
        this.loaded = loaded;
    }

    void warm() {
        warm = true;
    }

    void ending() {
        ending = true;
    }

    /** {@return why not; nothing when it is ready} */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!loaded.getAsBoolean()) {
            obstacles.add("no policy is loaded");
        }
        if (!warm) {
            obstacles.add("no review of its own was answered yet");
        }
        if (ending) {
            obstacles.add("the server is about to end");
        }
        return obstacles;
    }
}
