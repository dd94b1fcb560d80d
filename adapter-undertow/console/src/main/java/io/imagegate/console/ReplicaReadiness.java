package io.imagegate.console;

import java.util.List;

/**
 * Whether a replica is ready.
 *
 * @param obstacles why it is not ready; empty if it is
 * @param warnings what somebody should look at, though it is ready
 */
public record ReplicaReadiness(List<String> obstacles, List<String> warnings) {

    /**
     * Copies the lists.
     *
     * @param obstacles why it is not ready
     * @param warnings what somebody should look at
     */
    public ReplicaReadiness {
        obstacles = List.copyOf(obstacles);
        warnings = List.copyOf(warnings);
    }
}
