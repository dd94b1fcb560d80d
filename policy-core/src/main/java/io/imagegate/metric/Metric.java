package io.imagegate.metric;

import java.util.List;
import java.util.Locale;

/**
 * A number that Imagegate counts or measures. Constants may be added. What is a time is in seconds.
 *
 * @since 0.1
 */
@SuppressWarnings("ImmutableEnumChecker") // Its lists cannot change, and its array is copied.
public enum Metric {
    /** Decisions by their outcome. */
    REVIEWS(Kind.COUNT, "Decisions.", List.of(Metric.POLICY_SET, "outcome"), List.of("allowed", "denied")),
    /** Reviews that could not be decided, by the {@code ReviewFailure}. */
    REVIEW_FAILURES(
            Kind.COUNT,
            "Reviews that were denied because they could not be decided.",
            List.of(Metric.POLICY_SET, "kind"),
            List.of("malformed", "too_large", "error")),
    /** Reviews that violate a rule; of more than 1,000 combinations of labels, further ones are {@code other}. */
    VIOLATIONS(
            Kind.COUNT,
            "Reviews that violate a rule, by outcome.",
            List.of(Metric.POLICY_SET, "policy", "rule", "outcome"),
            List.of()),
    /**
     * Reviews that a rule which warns or audits would deny if it denied, by the namespace of the object. Of more than 1,000
     * combinations of rule and namespace, further namespaces are {@code other}.
     */
    WOULD_DENY(
            Kind.COUNT,
            "Reviews that a rule which warns or audits would have denied.",
            List.of(Metric.POLICY_SET, "policy", "rule", "enforcement", "resource_namespace"),
            List.of()),
    /** Images that were patched. */
    IMAGES_PATCHED(
            Kind.COUNT,
            "Images that a mutating webhook gave another name or a digest.",
            List.of(Metric.POLICY_SET, "kind"),
            List.of("rewrite", "pin")),
    /** Time to decide. */
    REVIEW_DURATION_SECONDS(
            Kind.DISTRIBUTION,
            "Time to decide on a review, look-ups included, without reading it.",
            List.of(),
            List.of(),
            0.0001,
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            5,
            10),
    /** Images in a review. */
    REVIEW_IMAGES(Kind.DISTRIBUTION, "Images in a review.", List.of(), List.of(), 0, 1, 2, 3, 5, 10, 20, 50, 100, 1000),
    /** Look-ups by what was looked up. */
    FACT_CACHE(
            Kind.COUNT,
            "Look-ups by what was looked up: answered by the cache (hit) or not (miss).",
            List.of("cache", "result"),
            List.of()),
    /** Look-ups that asked a registry. */
    FACT_REQUESTS(
            Kind.COUNT,
            "Look-ups that the cache did not answer, by entry of the registries' file.",
            List.of("registry", "outcome"),
            List.of()),
    /** Time of look-ups that asked a registry. */
    FACT_DURATION_SECONDS(
            Kind.DISTRIBUTION,
            "Time of a look-up that the cache did not answer, with the time until its turn.",
            List.of("registry"),
            List.of(),
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            20),
    /** Whether an entry of the registries' file limits requests. */
    FACT_REGISTRY_LIMITED(
            Kind.GAUGE,
            "1 while a host of an entry of the registries' file limits requests (429) and asked to wait; else 0.",
            List.of("registry"),
            List.of()),
    /** Look-ups in flight. */
    FACT_FLIGHTS(Kind.GAUGE, "Look-ups that ask a registry now.", List.of(), List.of()),
    /** Look-ups in the queue. */
    FACT_WAITING(Kind.GAUGE, "Look-ups that wait for their turn.", List.of(), List.of()),
    /** Loads of the policies. */
    POLICY_RELOADS(
            Kind.COUNT,
            "Loads of the policy, including the first.",
            List.of(Metric.POLICY_SET, "outcome"),
            List.of("success", "failure")),
    /** Outcome of the last load. */
    POLICY_LAST_RELOAD_SUCCESSFUL(
            Kind.GAUGE,
            "1 if the last load of the policy succeeded, 0 if it failed.",
            List.of(Metric.POLICY_SET),
            List.of()),
    /** Instant of the last successful load, in seconds since 1970. */
    POLICY_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS(
            Kind.GAUGE, "Time of the last successful load of the policy.", List.of(Metric.POLICY_SET), List.of()),
    /** Whether the files are rejected as they are: the policies that were accepted before decide, or nothing is allowed. */
    POLICY_REJECTED(
            Kind.GAUGE,
            "1 while the policy's files are rejected, so that the next start would fail; else 0.",
            List.of(Metric.POLICY_SET),
            List.of()),
    /** Since when the files are rejected, in seconds since 1970; there is no value while they are not. */
    POLICY_REJECTED_SINCE_TIMESTAMP_SECONDS(
            Kind.GAUGE,
            "Time since which the policy's files are rejected; absent while they are not.",
            List.of(Metric.POLICY_SET),
            List.of()),
    /** Whether a set of before the start is in force. */
    LAST_GOOD_IN_FORCE(
            Kind.GAUGE,
            "1 while the last accepted set decides, because the files were rejected at the start; else 0.",
            List.of(),
            List.of()),
    /** Digest of the policies. */
    POLICIES_INFO(
            Kind.GAUGE,
            "1 for the SHA-256 of the files of the active policies.",
            List.of(Metric.POLICY_SET, "digest"),
            List.of()),
    /** Age of each trusted root that has a date. */
    TRUSTED_ROOT_AGE_SECONDS(
            Kind.GAUGE,
            "Time since the day on which a trusted root was confirmed, as the policy says.",
            List.of("trust"),
            List.of());

    /**
     * What is done with the values of a metric.
     *
     * @since 0.1
     */
    public enum Kind {
        /** They are added up. */
        COUNT,
        /** They are counted between {@link Metric#bounds()}, and added up. */
        DISTRIBUTION,
        /** Each replaces the one before. */
        GAUGE
    }

    private static final String POLICY_SET = "policy_set";

    private final Kind kind;
    private final String help;
    private final List<String> labels;
    private final List<String> known;
    private final double[] bounds;

    Metric(Kind kind, String help, List<String> labels, List<String> known, double... bounds) {
        this.kind = kind;
        this.help = help;
        this.labels = labels;
        this.known = known;
        this.bounds = bounds;
    }

    /** {@return the name in small letters, such as {@code review_duration_seconds}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what is done with its values} */
    public Kind kind() {
        return kind;
    }

    /** {@return a sentence about it} */
    public String help() {
        return help;
    }

    /**
     * {@return the names of its labels} The value of {@code policy_set} is the
     * {@linkplain io.imagegate.policy.ImageGate#name() name of the gate}, or empty for a review that no gate decided.
     */
    public List<String> labels() {
        return labels;
    }

    /** {@return all values of its last label, which are recorded as zero at the beginning; empty if they are not known} */
    public List<String> known() {
        return known;
    }

    /** {@return the upper bounds between which a distribution counts; empty for others} */
    public double[] bounds() {
        return bounds.clone();
    }
}
