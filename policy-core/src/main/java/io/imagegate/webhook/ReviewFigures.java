package io.imagegate.webhook;

import io.imagegate.figure.Figure;
import io.imagegate.figure.Figures;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Violation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes figures of reviews. Thread-safe.
 *
 * <pre>{@code
 * PolicyWebhook webhook = PolicyWebhook.builder(() -> policies)
 *         .listener(new ReviewFigures(figures))
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ReviewFigures implements DecisionListener {

    /** Limits label values: policies can be replaced any number of times, each time with new names. */
    private static final int MOST_RULES = 1_000;

    private static final String OTHER = "other";
    private static final double NANOS = 1e-9;

    private record Labels(String set, String policy, String rule, String outcome) {}

    private final Figures figures;
    private final Set<Labels> seen = ConcurrentHashMap.newKeySet();

    /**
     * Creates a listener for a webhook whose gate has the default name.
     *
     * @param figures shows the figures
     */
    public ReviewFigures(Figures figures) {
        this(figures, List.of(ImageGate.DEFAULT_NAME));
    }

    /**
     * Creates a listener.
     *
     * @param figures shows the figures
     * @param gates the names of the webhook's gates
     */
    public ReviewFigures(Figures figures, Collection<String> gates) {
        this.figures = Objects.requireNonNull(figures, "figures");
        for (Figure figure : List.of(Figure.REVIEWS, Figure.REVIEW_FAILURES, Figure.IMAGES_PATCHED)) {
            gates.forEach(gate -> figure.known().forEach(value -> figures.record(figure, 0, gate, value)));
        }
    }

    @Override
    public void reviewed(ReviewEvent event) {
        String set = event.gate().orElse("");
        event.failure()
                .ifPresent(failure -> figures.record(
                        Figure.REVIEW_FAILURES, 1, set, failure.name().toLowerCase(Locale.ROOT)));
        event.decision().ifPresent(decision -> count(set, event, decision));
    }

    private void count(String set, ReviewEvent event, Decision decision) {
        figures.record(Figure.REVIEWS, 1, set, decision.allowed() ? "allowed" : "denied");
        if (decision.allowed()) {
            decision.mutations().stream().filter(ImageMutation::patched).forEach(mutation -> count(set, mutation));
        }
        figures.record(Figure.REVIEW_DURATION_SECONDS, event.decisionTime().toNanos() * NANOS);
        event.review()
                .ifPresent(review ->
                        figures.record(Figure.REVIEW_IMAGES, review.images().size()));
        if (!decision.violations().isEmpty()) {
            Set<Labels> found = new HashSet<>();
            decision.violations().forEach(violation -> found.add(labels(set, violation)));
            found.forEach(labels ->
                    figures.record(Figure.VIOLATIONS, 1, labels.set, labels.policy, labels.rule, labels.outcome));
        }
    }

    private void count(String set, ImageMutation mutation) {
        mutation.rewritten().ifPresent(name -> figures.record(Figure.IMAGES_PATCHED, 1, set, "rewrite"));
        mutation.pinned().ifPresent(digest -> figures.record(Figure.IMAGES_PATCHED, 1, set, "pin"));
    }

    private Labels labels(String set, Violation violation) {
        Labels labels = new Labels(
                set, violation.policy(), violation.rule(), violation.outcome().label());
        if (seen.contains(labels)) {
            return labels;
        }
        if (seen.size() >= MOST_RULES) {
            return new Labels(set, OTHER, OTHER, OTHER);
        }
        seen.add(labels);
        return labels;
    }
}
