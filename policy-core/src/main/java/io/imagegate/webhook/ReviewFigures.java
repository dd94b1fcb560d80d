package io.imagegate.webhook;

import io.imagegate.figure.Figure;
import io.imagegate.figure.Figures;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Violation;
import java.util.HashSet;
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

    private static final Labels OTHER = new Labels("other", "other", "other");
    private static final double NANOS = 1e-9;

    private record Labels(String policy, String rule, String outcome) {}

    private final Figures figures;
    private final Set<Labels> seen = ConcurrentHashMap.newKeySet();

    /**
     * Creates a listener.
     *
     * @param figures shows the figures
     */
    public ReviewFigures(Figures figures) {
        this.figures = Objects.requireNonNull(figures, "figures");
    }

    @Override
    public void reviewed(ReviewEvent event) {
        event.failure()
                .ifPresent(failure ->
                        figures.record(Figure.REVIEW_FAILURES, 1, failure.name().toLowerCase(Locale.ROOT)));
        event.decision().ifPresent(decision -> count(event, decision));
    }

    private void count(ReviewEvent event, Decision decision) {
        figures.record(Figure.REVIEWS, 1, decision.allowed() ? "allowed" : "denied");
        if (decision.allowed()) {
            decision.mutations().stream().filter(ImageMutation::patched).forEach(this::count);
        }
        figures.record(Figure.REVIEW_DURATION_SECONDS, event.decisionTime().toNanos() * NANOS);
        event.review()
                .ifPresent(review ->
                        figures.record(Figure.REVIEW_IMAGES, review.images().size()));
        if (!decision.violations().isEmpty()) {
            Set<Labels> found = new HashSet<>();
            decision.violations().forEach(violation -> found.add(labels(violation)));
            found.forEach(labels -> figures.record(Figure.VIOLATIONS, 1, labels.policy, labels.rule, labels.outcome));
        }
    }

    private void count(ImageMutation mutation) {
        mutation.rewritten().ifPresent(name -> figures.record(Figure.IMAGES_PATCHED, 1, "rewrite"));
        mutation.pinned().ifPresent(digest -> figures.record(Figure.IMAGES_PATCHED, 1, "pin"));
    }

    private Labels labels(Violation violation) {
        Labels labels = new Labels(
                violation.policy(), violation.rule(), violation.outcome().label());
        if (seen.contains(labels)) {
            return labels;
        }
        if (seen.size() >= MOST_RULES) {
            return OTHER;
        }
        seen.add(labels);
        return labels;
    }
}
