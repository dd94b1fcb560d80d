package io.imagegate.micrometer;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.Decision;
import io.imagegate.policy.DecisionObserver;
import io.imagegate.policy.Violation;
import io.imagegate.reference.ImageReference;
import io.imagegate.signer.SignatureFacts;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows each decision as an observation, of which a tracing library makes a span. Thread-safe.
 *
 * <pre>{@code
 * LiveGate gate = LiveGate.builder()
 *         .policies("policies/")
 *         .registries(Path.of("registries.yaml"))
 *         .observer(new DecisionObservations(observations))
 *         .open();
 * }</pre>
 *
 * <p>An {@value #DECISION} is a child of what the asking thread observes, such as a request. Each look-up of facts is a child of it:
 * {@value #VERIFICATION} where signatures or attestations are asked for, else {@value #LOOKUP}. Keys are {@code policy.set}, {@code outcome} and {@code registry}; a violated rule is an event. No value of them
 * comes from a client.
 *
 * @since 0.1
 */
public final class DecisionObservations implements DecisionObserver {

    /** Name of the observation of a decision. */
    public static final String DECISION = "imagegate.decision";

    /** Name of the observation of a look-up in registries or other sources. */
    public static final String LOOKUP = "imagegate.lookup";

    /** Name of the observation of a look-up that verifies signatures. */
    public static final String VERIFICATION = "imagegate.verification";

    private static final String OUTCOME = "outcome";
    private static final String OTHER = "other";
    private static final String SEVERAL = "several";

    /** Most events of one decision. */
    private static final int MOST_EVENTS = 32;

    private final ObservationRegistry observations;
    /**
     * Makes an observer.
     *
     * @param observations the registry of observations; not closed
     */
    public DecisionObservations(ObservationRegistry observations) {
        this.observations = Objects.requireNonNull(observations, "observations");
    }

    @Override
    public Observed begin(String gate) {
        return new ObservedDecision(Observation.createNotStarted(DECISION, observations)
                .lowCardinalityKeyValue("policy.set", gate)
                .start());
    }

    private final class ObservedDecision implements Observed {

        private final Observation decision;

        ObservedDecision(Observation decision) {
            this.decision = decision;
        }

        @Override
        public Consumer<Map<ImageReference, ImageFacts>> lookup(
                Map<ImageReference, Set<Need<?>>> needs, Function<ImageReference, Optional<String>> registry) {
            // Tracing takes the span of the thread for the parent, whatever the observation says.
            Observation lookup = decision.scoped(() -> Observation.createNotStarted(name(needs), observations)
                    .lowCardinalityKeyValue("registry", registry(needs.keySet(), registry))
                    .start());
            return found -> lookup.lowCardinalityKeyValue(OUTCOME, outcome(needs, found))
                    .stop();
        }

        @Override
        public void end(@Nullable Decision made, @Nullable Throwable failure) {
            if (failure != null) {
                decision.error(failure);
            }
            decision.lowCardinalityKeyValue(OUTCOME, made == null ? "failed" : made.allowed() ? "allowed" : "denied");
            if (made != null) {
                Set<String> rules = new LinkedHashSet<>();
                for (Violation violation : made.violations()) {
                    rules.add(violation.outcome().label() + " " + violation.policy() + "/" + violation.rule());
                }
                rules.stream().limit(MOST_EVENTS).forEach(rule -> decision.event(Observation.Event.of(rule)));
            }
            decision.stop();
        }
    }

    private static String name(Map<ImageReference, Set<Need<?>>> needs) {
        return needs.values().stream().flatMap(Set::stream).anyMatch(SignatureFacts::answer) ? VERIFICATION : LOOKUP;
    }

    private static String registry(Set<ImageReference> images, Function<ImageReference, Optional<String>> registry) {
        Set<String> names = new LinkedHashSet<>();
        images.forEach(image -> registry.apply(image).ifPresent(names::add));
        return names.isEmpty()
                ? OTHER
                : names.size() > 1 ? SEVERAL : names.iterator().next();
    }

    /** {@return the state of the fact that is known least} */
    private static String outcome(Map<ImageReference, Set<Need<?>>> needs, Map<ImageReference, ImageFacts> found) {
        Fact.State least = Fact.State.KNOWN;
        for (Map.Entry<ImageReference, Set<Need<?>>> asked : needs.entrySet()) {
            ImageFacts facts = found.get(asked.getKey());
            for (Need<?> need : asked.getValue()) {
                Fact.State state =
                        facts == null ? Fact.State.PENDING : facts.get(need).state();
                if (state != Fact.State.KNOWN && (least == Fact.State.KNOWN || state != Fact.State.ABSENT)) {
                    least = state;
                }
            }
        }
        return least.name().toLowerCase(Locale.ROOT);
    }
}
