package io.imagegate.springboot;

import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.RegistriesState;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Endpoint {@code imagegate}: the active policies and where they come from. It shows rules, but nothing that helps to bypass them: no
 * break-glass value, no namespaces of exceptions.
 */
@Endpoint(id = "imagegate")
final class ImagegateEndpoint {

    private final LiveGate gate;

    ImagegateEndpoint(LiveGate gate) {
        this.gate = gate;
    }

    /** {@return the current state} */
    @ReadOperation
    Description state() {
        List<GateState> states = gate.states();
        return new Description(
                states.stream().allMatch(GateState::isReady),
                states.stream().map(PolicySetDescription::of).toList(),
                states.stream()
                        .map(GateState::registries)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(RegistriesDescription::of)
                        .orElse(null));
    }

    /** All that is shown. */
    record Description(
            boolean ready,
            List<PolicySetDescription> policySets,
            @Nullable RegistriesDescription registries) {}

    /** Policies of one name. */
    record PolicySetDescription(
            String name,
            String location,
            boolean ready,
            @Nullable String digest,
            @Nullable String loadedAt,
            @Nullable String problem,
            List<PolicyDescription> policies,
            List<TrustedRootDescription> trustedRoots) {

        static PolicySetDescription of(GateState state) {
            LocalDate today = state.policies().today();
            Instant now = state.policies().clock().instant();
            return new PolicySetDescription(
                    state.name(),
                    state.location(),
                    state.isReady(),
                    state.isReady() ? state.digest() : null,
                    state.loadedAt().map(Instant::toString).orElse(null),
                    state.problem().map(Throwable::getMessage).orElse(null),
                    state.policies().policies().stream()
                            .map(policy -> PolicyDescription.of(policy, today))
                            .toList(),
                    state.trustedRoots().stream()
                            .map(root -> new TrustedRootDescription(
                                    root.name(),
                                    root.digest(),
                                    root.confirmed().map(LocalDate::toString).orElse(null),
                                    root.warning(now).orElse(null)))
                            .toList());
        }
    }

    /** One policy. */
    record PolicyDescription(String name, List<RuleDescription> rules, int exceptions, boolean breakGlass) {

        static PolicyDescription of(Policy policy, LocalDate today) {
            return new PolicyDescription(
                    policy.name(),
                    policy.rules().stream()
                            .map(rule -> RuleDescription.of(rule, today))
                            .toList(),
                    policy.exemptions().size(),
                    policy.breakGlass().isPresent());
        }
    }

    /** One rule: what a violation does today, and from a later day on. */
    record RuleDescription(
            String name,
            String enforcement,
            boolean differsByNamespace,
            @Nullable String denyFrom) {

        static RuleDescription of(NamedRule rule, LocalDate today) {
            Optional<LocalDate> later = rule.denyFrom().filter(today::isBefore);
            boolean differs = later.isPresent() || rule.denyFrom().isEmpty();
            return new RuleDescription(
                    rule.name(),
                    rule.enforcement(today).name().toLowerCase(Locale.ROOT),
                    differs && !rule.enforcementByNamespace().isEmpty(),
                    later.map(LocalDate::toString).orElse(null));
        }
    }

    /** One trusted root. */
    record TrustedRootDescription(
            String name,
            String digest,
            @Nullable String confirmed,
            @Nullable String warning) {}

    /** The file of the registries, without its content. */
    record RegistriesDescription(String file, String digest, int entries, String loadedAt) {

        static RegistriesDescription of(RegistriesState state) {
            return new RegistriesDescription(
                    state.file().toString(),
                    state.digest(),
                    state.count(),
                    state.loadedAt().toString());
        }
    }
}
