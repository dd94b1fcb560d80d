package io.imagegate.server.metrics;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Violation;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import io.imagegate.webhook.ReviewFailure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts decisions, failures and violations. */
final class DecisionMetrics implements DecisionListener {

    /** Limits label values: policies can be replaced any number of times, each time with new names. */
    private static final int MOST_RULES = 1_000;

    private static final Labels OTHER = new Labels("other", "other", "other");
    private static final double NANOS = 1e-9;

    private record Labels(String policy, String rule, String outcome) {}

    private final Set<Labels> seen = ConcurrentHashMap.newKeySet();
    private final Counter reviews;
    private final Counter failures;
    private final Counter violations;
    private final Counter patched;
    private final Histogram duration;
    private final Histogram images;

    DecisionMetrics(PrometheusRegistry registry) {
        reviews = Counter.builder()
                .name("imagegate_reviews_total")
                .help("Decisions.")
                .labelNames("outcome")
                .register(registry);
        reviews.initLabelValues("allowed");
        reviews.initLabelValues("denied");
        failures = Counter.builder()
                .name("imagegate_review_failures_total")
                .help("Reviews that were denied because they could not be decided.")
                .labelNames("kind")
                .register(registry);
        for (ReviewFailure failure : ReviewFailure.values()) {
            failures.initLabelValues(kind(failure));
        }
        violations = Counter.builder()
                .name("imagegate_violations_total")
                .help("Reviews that violate a rule, by outcome.")
                .labelNames("policy", "rule", "outcome")
                .register(registry);
        patched = Counter.builder()
                .name("imagegate_images_patched_total")
                .help("Images that a mutating webhook gave another name or a digest.")
                .labelNames("kind")
                .register(registry);
        patched.initLabelValues("rewrite");
        patched.initLabelValues("pin");
        duration = Histogram.builder()
                .name("imagegate_review_duration_seconds")
                .help("Time to decide on a review, look-ups included, without reading it.")
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(
                        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10)
                .register(registry);
        images = Histogram.builder()
                .name("imagegate_review_images")
                .help("Images in a review.")
                .classicOnly()
                .classicUpperBounds(0, 1, 2, 3, 5, 10, 20, 50, 100, 1000)
                .register(registry);
    }

    @Override
    public void reviewed(ReviewEvent event) {
        event.failure().ifPresent(failure -> failures.labelValues(kind(failure)).inc());
        event.decision().ifPresent(decision -> count(event, decision));
    }

    private void count(ReviewEvent event, Decision decision) {
        reviews.labelValues(decision.allowed() ? "allowed" : "denied").inc();
        if (decision.allowed()) {
            decision.mutations().stream().filter(ImageMutation::patched).forEach(this::count);
        }
        duration.observe(event.decisionTime().toNanos() * NANOS);
        event.review().ifPresent(review -> images.observe(review.images().size()));
        if (!decision.violations().isEmpty()) {
            Set<Labels> found = new HashSet<>();
            decision.violations().forEach(violation -> found.add(labels(violation)));
            found.forEach(
                    l -> violations.labelValues(l.policy, l.rule, l.outcome).inc());
        }
    }

    private void count(ImageMutation mutation) {
        mutation.rewritten().ifPresent(name -> patched.labelValues("rewrite").inc());
        mutation.pinned().ifPresent(digest -> patched.labelValues("pin").inc());
    }

    /** {@return how metrics and log lines call a failure} */
    static String kind(ReviewFailure failure) {
        return failure.name().toLowerCase(Locale.ROOT);
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
