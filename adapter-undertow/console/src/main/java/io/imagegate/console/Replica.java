package io.imagegate.console;

import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;

/**
 * What one replica knows, for the console: its state, and the last decisions as bytes that were written when they were
 * made. Thread-safe.
 */
public final class Replica implements DecisionListener {

    Replica(ReplicaBuilder from) {}

    /**
     * Builds a replica.
     *
     * @param name its name, such as that of the pod
     * @param version the version of Imagegate
     * @return the builder
     */
    public static ReplicaBuilder builder(String name, String version) {
        return new ReplicaBuilder(name, version);
    }

    @Override
    public void reviewed(ReviewEvent event) {
        // Not kept yet.
    }
}
