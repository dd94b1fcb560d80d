package io.imagegate.springboot;

import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Health of a gate: it is ready when policies of every name are loaded. Invalid files on reload, old trusted roots and registries that do
 * not answer are no reason to send reviews elsewhere, so they change no status.
 */
final class GateHealth {

    private final LiveGate gate;

    GateHealth(LiveGate gate) {
        this.gate = gate;
    }

    boolean isReady() {
        return gate.states().stream().allMatch(GateState::isReady);
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        Map<String, Object> policies = new LinkedHashMap<>();
        List<GateState> states = gate.states();
        states.forEach(state -> policies.put(state.name(), policies(state)));
        details.put("policies", policies);
        states.stream()
                .map(GateState::registries)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(registries -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    shown.put("file", registries.file().toString());
                    shown.put("digest", registries.digest());
                    shown.put("entries", registries.count());
                    details.put("registries", shown);
                });
        return details;
    }

    private static Map<String, Object> policies(GateState state) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("location", state.location());
        state.loadedAt().ifPresent(loaded -> {
            shown.put("digest", state.digest());
            shown.put("loadedAt", loaded.toString());
        });
        state.problem().ifPresent(problem -> shown.put("problem", String.valueOf(problem.getMessage())));
        Instant now = state.policies().clock().instant();
        Map<String, Object> roots = new LinkedHashMap<>();
        state.trustedRoots()
                .forEach(root -> roots.put(root.name(), root.warning(now).orElse("SHA-256: " + root.digest())));
        if (!roots.isEmpty()) {
            shown.put("trustedRoots", roots);
        }
        return shown;
    }
}
