package io.imagegate.server;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what becomes true in time. */
public final class Conditions {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Conditions() {}

    /** Waits for something to become true. */
    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            Thread.sleep(20);
        }
    }
}
