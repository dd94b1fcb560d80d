package io.imagegate.testkit;

import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on decisions of policies. Reviews have the namespace {@code default} and no annotations, unless
 * {@link #inNamespace} and {@link #withAnnotations} set others. Immutable: these methods return new assertions.
 *
 * @since 0.1
 */
public final class PolicyAssert extends AbstractAssert<PolicyAssert, PolicySet> {

    private final String namespace;
    private final Map<String, String> annotations;

    PolicyAssert(PolicySet policies) {
        this(policies, "default", Map.of());
    }

    private PolicyAssert(PolicySet policies, String namespace, Map<String, String> annotations) {
        super(policies, PolicyAssert.class);
        this.namespace = namespace;
        this.annotations = Map.copyOf(annotations);
    }

    /**
     * {@return assertions on pods of another namespace}
     *
     * @param other the namespace
     */
    public PolicyAssert inNamespace(String other) {
        return new PolicyAssert(actual, other, annotations);
    }

    /**
     * {@return assertions on pods with these annotations}
     *
     * @param others the annotations
     */
    public PolicyAssert withAnnotations(Map<String, String> others) {
        return new PolicyAssert(actual, namespace, others);
    }

    /**
     * {@return assertions on what the policies answer on a day, for exceptions that expire}
     *
     * @param day the day, in UTC
     */
    public PolicyAssert on(LocalDate day) {
        InstantSource clock = InstantSource.fixed(day.atStartOfDay().toInstant(ZoneOffset.UTC));
        return new PolicyAssert(PolicySet.of(actual.policies(), clock), namespace, annotations);
    }

    /**
     * Verifies that a pod of these images is allowed.
     *
     * @param images the images as typed
     * @return this
     */
    public PolicyAssert allows(String... images) {
        return allows(review(images));
    }

    /**
     * Verifies that a review is allowed.
     *
     * @param review the review, in its own namespace and with its own annotations
     * @return this
     */
    public PolicyAssert allows(ImageReview review) {
        Decision decision = actual.decide(review);
        if (!decision.allowed()) {
            failWithMessage(
                    "%nExpected to be allowed:%n  %s%nbut it is denied:%n  %s", describe(review), decision.reason());
        }
        return this;
    }

    /**
     * Verifies that a pod of these images is denied.
     *
     * @param images the images as typed
     * @return assertions on why
     */
    public ReasonAssert denies(String... images) {
        return denies(review(images));
    }

    /**
     * Verifies that a review is denied.
     *
     * @param review the review, in its own namespace and with its own annotations
     * @return assertions on why
     */
    public ReasonAssert denies(ImageReview review) {
        Decision decision = actual.decide(review);
        if (decision.allowed()) {
            failWithMessage("%nExpected to be denied:%n  %s%nbut it is allowed", describe(review));
        }
        return ReasonAssert.ofDenial(decision);
    }

    /**
     * Verifies that a pod of these images is allowed with a warning.
     *
     * @param images the images as typed
     * @return assertions on what of
     */
    public ReasonAssert warnsOf(String... images) {
        ImageReview review = review(images);
        allows(review);
        Decision decision = actual.decide(review);
        if (decision.warnings().isEmpty()) {
            failWithMessage("%nExpected a warning of:%n  %s%nbut there is none", describe(review));
        }
        return ReasonAssert.ofWarning(decision);
    }

    private ImageReview review(String... images) {
        return ImageReview.builder()
                .images(images)
                .namespace(namespace)
                .annotations(annotations)
                .build();
    }

    private static String describe(ImageReview review) {
        List<String> images = review.images().stream()
                .map(image -> "\"" + image.text() + "\"")
                .toList();
        String where = review.namespace().isEmpty() ? "no namespace" : "namespace " + review.namespace();
        return String.join(", ", images) + " in " + where;
    }
}
