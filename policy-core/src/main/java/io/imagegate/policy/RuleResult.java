package io.imagegate.policy;

import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Coverage;
import io.imagegate.rule.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one rule found about one image, also where that is no violation. Immutable and thread-safe.
 *
 * <pre>{@code
 * ImageReview review = ImageReview.of("nginx").inNamespace("prod");
 * Decision decision = policies.decide(review);
 * policies.explain(review, decision).forEach(result -> System.out.println(
 *         result.image() + ": " + result.rule() + " " + result.outcome() + " " + result.explanation()));
 * }</pre>
 *
 * @since 0.1
 */
public final class RuleResult {

    private final Policy policy;
    private final NamedRule rule;
    private final ReviewedImage image;
    private final Candidate checked;
    private final LocalDate today;
    private final Outcome outcome;
    private final String explanation;
    private final @Nullable Violation violation;

    /** Makes the result of a rule that the image does not violate, or whose violation another one explains. */
    RuleResult(
            Policy policy,
            NamedRule rule,
            ReviewedImage image,
            Candidate checked,
            LocalDate today,
            Outcome outcome,
            String explanation) {
        this(policy, rule, image, checked, today, outcome, explanation, null);
    }

    /** Makes the result of a violation. A fact that was not looked up leaves it unknown for good. */
    RuleResult(
            Policy policy,
            NamedRule rule,
            ReviewedImage image,
            Candidate checked,
            LocalDate today,
            Violation violation) {
        this(
                policy,
                rule,
                image,
                checked,
                today,
                violation.found() == Outcome.PENDING ? Outcome.UNDECIDABLE : violation.found(),
                violation.explanation(),
                violation);
    }

    private RuleResult(
            Policy policy,
            NamedRule rule,
            ReviewedImage image,
            Candidate checked,
            LocalDate today,
            Outcome outcome,
            String explanation,
            @Nullable Violation violation) {
        this.policy = policy;
        this.rule = rule;
        this.image = image;
        this.checked = checked;
        this.today = today;
        this.outcome = outcome;
        this.explanation = explanation;
        this.violation = violation;
    }

    /** {@return the policy of the rule} */
    public Policy policy() {
        return policy;
    }

    /** {@return the rule} */
    public NamedRule rule() {
        return rule;
    }

    /** {@return the image as the review has it; the rule saw the name that {@link Decision#mutations()} has for it, if any} */
    public ReviewedImage image() {
        return image;
    }

    /** {@return the effect of a violation in the namespace of the review, on the day of the decision, while registries are up} */
    public Enforcement enforcement() {
        return rule.enforcement(checked.namespace(), today);
    }

    /** {@return the outcome; never {@link Outcome#PENDING}: what was not looked up is undecidable} */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * {@return the reason in the policy's language: what is violated or unknown, the rule's own message, why the rule does not
     * apply, or the evidence that it is satisfied; may be empty}
     */
    public String explanation() {
        return explanation;
    }

    /**
     * {@return the violation in the decision} A rule can have the outcome of one without it: if the image got no digest, the
     * decision names that alone.
     */
    public Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** {@return whether the rule's scope has the image; where the review does not tell enough for that, the rule applies} */
    public Coverage coverage() {
        return rule.scope().coverage(checked);
    }

    /** {@return the active exceptions from the rule that do not apply only because the review does not tell enough} */
    public List<Exemption> undecidedExemptions() {
        return policy.exemptions().stream()
                .filter(exemption -> exemption.rules().contains(rule.name())
                        && !today.isAfter(exemption.expires())
                        && exemption.scope().coverage(checked) == Coverage.UNKNOWN)
                .toList();
    }

    /** {@return the policy, the rule, the outcome and the image, for logs and debuggers} */
    @Override
    public String toString() {
        return policy.name() + "/" + rule + " " + outcome + ": " + image;
    }
}
