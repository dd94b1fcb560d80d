package io.imagegate.gate;

import io.imagegate.policy.ImageGate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Health of a gate at one moment, for probes and health checks. A gate is ready when policies of every name are loaded. Invalid files
 * on reload, old trusted roots and registries that do not answer change that not: sending reviews elsewhere would not help. Immutable.
 *
 * @since 0.1
 */
public final class GateHealth {

    private final List<GateState> states;

    GateHealth(List<GateState> states) {
        this.states = states;
    }

    /** {@return whether policies of every name are loaded; reviews for others are denied} */
    public boolean isReady() {
        return states.stream().allMatch(GateState::isReady);
    }

    /** {@return why the gate is not ready, a line for each name of policies; empty if it is} */
    public List<String> obstacles() {
        return states.stream()
                .filter(state -> !state.isReady())
                .map(state -> "no policy is loaded"
                        + (state.name().equals(ImageGate.DEFAULT_NAME) ? "" : " for " + state.name()))
                .toList();
    }

    /** {@return what somebody should look at, though the gate may be ready: trusted roots that were confirmed too long ago} */
    public List<String> warnings() {
        return states.stream()
                .flatMap(state -> {
                    Instant now = now(state);
                    return state.trustedRoots().stream().flatMap(root -> root.warning(now).stream());
                })
                .distinct()
                .toList();
    }

    /**
     * {@return the policies by name, each with location, digest and last problem, and the registries, as texts, numbers and maps of
     * these}
     */
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        Map<String, Object> policies = new LinkedHashMap<>();
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
        Instant now = now(state);
        Map<String, Object> roots = new LinkedHashMap<>();
        state.trustedRoots()
                .forEach(root -> roots.put(root.name(), root.warning(now).orElse("SHA-256: " + root.digest())));
        if (!roots.isEmpty()) {
            shown.put("trustedRoots", roots);
        }
        return shown;
    }

    private static Instant now(GateState state) {
        return state.policies().clock().instant();
    }
}
