package io.imagegate.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DecisionObservationsTest {

    private static final Rule EXISTS = image -> Finding.of(image.facts().digest(), found -> Finding.satisfied());

    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
    private final ObservationRegistry registry = ObservationRegistry.create();

    /** Writes each observation that ends as a line: parent, name, keys, events, error. */
    private final class Lines implements ObservationHandler<Observation.Context> {

        private final Map<Observation.Context, List<String>> events = new HashMap<>();

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            events.computeIfAbsent(context, any -> new ArrayList<>()).add(event.getName());
        }

        @Override
        public void onStop(Observation.Context context) {
            String keys = context.getLowCardinalityKeyValues().stream()
                    .map(Lines::text)
                    .sorted()
                    .collect(Collectors.joining(" "));
            String parent = context.getParentObservation() == null
                    ? ""
                    : context.getParentObservation().getContextView().getName() + " > ";
            Throwable error = context.getError();
            ended.add(parent + context.getName() + " " + keys + events.getOrDefault(context, List.of())
                    + (error == null ? "" : " " + error.getMessage()));
        }

        private static String text(KeyValue pair) {
            return pair.getKey() + "=" + pair.getValue();
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private ImageGate observed(ImageGate gate) {
        registry.observationConfig().observationHandler(new Lines());
        return gate.withObserver(new DecisionObservations(registry));
    }

    private static ImageGate gate(FactSource source) {
        return ImageGate.of(
                () -> PolicySet.of(
                        Policy.builder("content").rule("exists", EXISTS).build()),
                source);
    }

    /** Answers that an image is absent, and names registries as an operator did. */
    private static final class Absent implements FactSource {

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.keySet()
                    .forEach(image -> found.put(
                            image, ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.absent("nobody pushed it"))));
            return CompletableFuture.completedFuture(found);
        }

        @Override
        public Optional<String> registry(ImageReference image) {
            return image.registry().endsWith(".acme") ? Optional.of("*.acme") : Optional.empty();
        }
    }

    @Test
    @DisplayName("a decision is the parent of its look-ups and the child of what asks, and names no image")
    void decision() {
        ImageGate gate = observed(gate(new Absent()).withName("prod"));
        Observation request = Observation.start("request", registry);
        request.scoped(() -> {
            gate.decide(ImageReview.of("eu.acme/secret:1"));
        });
        request.stop();
        assertThat(ended)
                .containsExactly(
                        "imagegate.decision > imagegate.lookup outcome=absent registry=*.acme[]",
                        "request > imagegate.decision outcome=denied policy.set=prod[denied content/exists]",
                        "request []");
    }

    @Test
    @DisplayName("registries that nobody configured have one name")
    void other() {
        observed(gate(new Absent())).decide(ImageReview.of("chosen.example/a:1", "other.example/b:1"));
        assertThat(ended).contains("imagegate.decision > imagegate.lookup outcome=absent registry=other[]");
    }

    @Test
    @DisplayName("a look-up that is too late ends with the decision that does not wait for it")
    void late() {
        ImageGate gate = observed(gate((needs, limit) -> new CompletableFuture<>()));
        Decision decision = gate.decide(ImageReview.of("a:1"), Duration.ofMillis(20));
        assertThat(decision.allowed()).isFalse();
        assertThat(ended)
                .containsExactly(
                        "imagegate.decision > imagegate.lookup outcome=pending registry=other[]",
                        "imagegate.decision outcome=denied policy.set=default[denied content/exists]");
    }

    @Test
    @DisplayName("a decision that cannot be made has its error")
    void failed() {
        ImageGate gate = observed(ImageGate.of(() -> {
            throw new IllegalStateException("no policies");
        }));
        assertThatThrownBy(() -> gate.decide(ImageReview.of("a:1"))).hasMessage("no policies");
        assertThat(ended).containsExactly("imagegate.decision outcome=failed policy.set=default[] no policies");
    }

    @Test
    @DisplayName("an observation that throws changes no decision")
    void throwing() {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStart(Observation.Context context) {
                throw new IllegalStateException("no room for spans");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        ImageGate gate = gate(new Absent()).withObserver(new DecisionObservations(registry));
        assertThat(gate.decide(ImageReview.of("a:1")).reason()).contains("nobody pushed it");
    }
}
