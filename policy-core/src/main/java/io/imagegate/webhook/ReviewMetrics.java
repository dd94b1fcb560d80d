package io.imagegate.webhook;

import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Violation;
import io.imagegate.review.ImageReview;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes metrics of reviews. Thread-safe.
 *
 * <pre>{@code
 * PolicyWebhook webhook = PolicyWebhook.builder(() -> policies)
 *         .listener(new ReviewMetrics(metrics))
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ReviewMetrics implements DecisionListener {

    /** Limits label values: policies can be replaced any number of times, each time with new names. */
    private static final int MOST_RULES = 1_000;

    /** A cluster may have any number of namespaces. */
    private static final int MOST_NAMESPACES = 1_000;

    private static final String OTHER = "other";
    private static final double NANOS = 1e-9;

    /** The last is an outcome or an enforcement. */
    private record Labels(String set, String policy, String rule, String effect) {}

    private record NamespaceLabels(Labels rule, String namespace) {}

    private final MetricSink metrics;
    private final Set<Labels> seen = ConcurrentHashMap.newKeySet();
    private final Set<NamespaceLabels> seenNamespaces = ConcurrentHashMap.newKeySet();

    /**
     * Creates a listener for a webhook whose gate has the default name.
     *
     * @param metrics shows the metrics
     */
    public ReviewMetrics(MetricSink metrics) {
        this(metrics, List.of(ImageGate.DEFAULT_NAME));
    }

    /**
     * Creates a listener.
     *
     * @param metrics shows the metrics
     * @param gates the names of the webhook's gates
     */
    public ReviewMetrics(MetricSink metrics, Collection<String> gates) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        for (Metric metric : List.of(Metric.REVIEWS, Metric.REVIEW_FAILURES, Metric.IMAGES_PATCHED)) {
            gates.forEach(gate -> metric.known().forEach(value -> metrics.record(metric, 0, gate, value)));
        }
    }

    @Override
    public void reviewed(ReviewEvent event) {
        String set = event.gate().orElse("");
        event.failure()
                .ifPresent(failure -> metrics.record(
                        Metric.REVIEW_FAILURES, 1, set, failure.name().toLowerCase(Locale.ROOT)));
        event.decision().ifPresent(decision -> count(set, event, decision));
    }

    private void count(String set, ReviewEvent event, Decision decision) {
        metrics.record(Metric.REVIEWS, 1, set, decision.allowed() ? "allowed" : "denied");
        if (decision.allowed()) {
            for (ImageMutation mutation : decision.mutations()) {
                if (mutation.patched()) {
                    count(set, mutation);
                }
            }
        }
        metrics.record(Metric.REVIEW_DURATION_SECONDS, event.decisionTime().toNanos() * NANOS);
        event.review()
                .ifPresent(review ->
                        metrics.record(Metric.REVIEW_IMAGES, review.images().size()));
        if (!decision.violations().isEmpty()) {
            Set<Labels> violated = new LinkedHashSet<>();
            for (Violation violation : decision.violations()) {
                violated.add(labels(set, violation, violation.outcome().label()));
            }
            violated.forEach(labels ->
                    metrics.record(Metric.VIOLATIONS, 1, labels.set, labels.policy, labels.rule, labels.effect));
            countStaged(set, event, decision);
        }
    }

    private void countStaged(String set, ReviewEvent event, Decision decision) {
        Set<Labels> staged = new LinkedHashSet<>();
        for (Violation violation : decision.violations()) {
            if (violation.wouldDeny()) {
                staged.add(labels(set, violation, violation.enforcement().name().toLowerCase(Locale.ROOT)));
            }
        }
        String namespace = event.review().map(ImageReview::namespace).orElse("");
        staged.forEach(labels -> metrics.record(
                Metric.WOULD_DENY,
                1,
                labels.set,
                labels.policy,
                labels.rule,
                labels.effect,
                namespace(labels, namespace)));
    }

    private String namespace(Labels rule, String namespace) {
        NamespaceLabels labels = new NamespaceLabels(rule, namespace);
        if (seenNamespaces.contains(labels)) {
            return namespace;
        }
        if (seenNamespaces.size() >= MOST_NAMESPACES) {
            return OTHER;
        }
        seenNamespaces.add(labels);
        return namespace;
    }

    private void count(String set, ImageMutation mutation) {
        mutation.rewritten().ifPresent(name -> metrics.record(Metric.IMAGES_PATCHED, 1, set, "rewrite"));
        mutation.pinned().ifPresent(digest -> metrics.record(Metric.IMAGES_PATCHED, 1, set, "pin"));
    }

    private Labels labels(String set, Violation violation, String effect) {
        Labels labels = new Labels(set, violation.policy(), violation.rule(), effect);
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
