package io.imagegate.gate;

import io.imagegate.policy.ImageGate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Health of a gate at one moment, for probes and health checks. A gate is ready when it is open and policies of every name are loaded. Invalid files
 * on reload, old trusted roots and registries that do not answer change that not: sending reviews elsewhere would not help. Immutable.
 *
 * @since 0.1
 */
public final class GateHealth {

    private final List<GateState> states;
    private final boolean closed;

    GateHealth(List<GateState> states, boolean closed) {
        this.states = states;
        this.closed = closed;
    }

    /** {@return whether the gate is open and policies of every name are loaded; reviews for others are denied} */
    public boolean isReady() {
        return !closed && states.stream().allMatch(GateState::isReady);
    }

    /** {@return why the gate is not ready: a line for each name of policies, or that it is closed; empty if it is} */
    public List<String> obstacles() {
        if (closed) {
            return List.of("the gate is closed");
        }
        return states.stream()
                .filter(state -> !state.isReady())
                .map(state -> "no policy is loaded"
                        + (state.name().equals(ImageGate.DEFAULT_NAME) ? "" : " for " + state.name()))
                .toList();
    }

    /**
     * {@return what somebody should look at, though the gate may be ready: policies whose files are rejected, with the place and the code of
     * each mistake and without a word of the files, and trusted roots that were confirmed too long ago}
     */
    public List<String> warnings() {
        return states.stream()
                .flatMap(state -> Stream.concat(rejection(state).stream(), oldRoots(state)))
                .distinct()
                .toList();
    }

    private static Optional<String> rejection(GateState state) {
        return state.rejection()
                .map(why -> why + active(state))
                .or(() -> state.lastGood()
                        ? Optional.of(
                                GateState.LAST_GOOD + ": the registries accepted last before the start are active until"
                                        + " a restart, because the files were rejected")
                        : Optional.empty());
    }

    private static String active(GateState state) {
        if (state.lastGood()) {
            return "; " + GateState.LAST_GOOD + ": the set accepted last before the start is active";
        }
        return state.isReady() ? "; those accepted before stay active" : "; everything is denied";
    }

    private static Stream<String> oldRoots(GateState state) {
        Instant now = now(state);
        return state.trustedRoots().stream().flatMap(root -> root.warning(now).stream());
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
        state.rejectedSince().ifPresent(since -> shown.put("rejectedSince", since.toString()));
        if (state.lastGood()) {
            shown.put("policies", GateState.LAST_GOOD);
        }
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

    /** {@return whether the gate is ready, obstacles, warnings and details, for logs and debuggers} */
    @Override
    public String toString() {
        return "GateHealth[ready=" + isReady() + ", obstacles=" + obstacles() + ", warnings=" + warnings()
                + ", details=" + details() + "]";
    }
}
