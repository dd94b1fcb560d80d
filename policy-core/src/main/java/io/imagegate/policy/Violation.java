package io.imagegate.policy;

import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Outcome;
import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Violation of a rule or requirement, and its outcome. Immutable and thread-safe. The sentence is made when it is read.
 *
 * @since 0.1
 */
public final class Violation {

    private final String policy;
    private final Locale locale;
    private final String rule;
    private final Enforcement enforcement;
    private final RuleDetails details;
    private final @Nullable ReviewedImage image;
    private final Supplier<String> explanation;
    private final Form form;
    private final @Nullable Throwable failure;
    private final @Nullable Exemption exemption;
    private final @Nullable Exemption expired;
    private final @Nullable BrokenGlass breakGlass;
    private final @Nullable String breakGlassHint;
    private final @Nullable LocalDate denyFrom;
    private final @Nullable Exemption expiring;
    private final boolean wouldDeny;
    private final Outcome found;

    /** The text around the explanation that makes it a complete sentence. */
    private enum Form {
        RULE,
        REQUIREMENT,
        WORD_FOR_WORD
    }

    Violation(
            Policy policy,
            NamedRule rule,
            Enforcement enforcement,
            ReviewedImage image,
            Supplier<String> explanation,
            Outcome found,
            @Nullable Throwable failure,
            @Nullable Exemption exemption,
            @Nullable Exemption expired,
            @Nullable BrokenGlass breakGlass,
            @Nullable String breakGlassHint,
            @Nullable LocalDate denyFrom,
            @Nullable Exemption expiring,
            boolean wouldDeny) {
        this.policy = policy.name();
        this.locale = policy.locale();
        this.rule = rule.name();
        this.enforcement = enforcement;
        this.details = rule.details();
        this.image = image;
        this.explanation = explanation;
        this.form = rule.message().isEmpty() ? Form.RULE : Form.WORD_FOR_WORD;
        this.found = found;
        this.failure = failure;
        this.exemption = exemption;
        this.expired = expired;
        this.breakGlass = breakGlass;
        this.breakGlassHint = breakGlassHint;
        this.denyFrom = denyFrom;
        this.expiring = expiring;
        this.wouldDeny = wouldDeny;
    }

    /** Makes a violation of the requirement that an image gets a digest. */
    Violation(
            Policy policy,
            Enforcement enforcement,
            ReviewedImage image,
            Supplier<String> explanation,
            @Nullable Throwable failure,
            @Nullable BrokenGlass breakGlass,
            @Nullable String breakGlassHint) {
        this.policy = policy.name();
        this.locale = policy.locale();
        this.rule = Requirement.PIN.code();
        this.found = Outcome.UNDECIDABLE;
        this.enforcement = enforcement;
        this.details = RuleDetails.of(Requirement.PIN);
        this.image = image;
        this.explanation = explanation;
        this.form = Form.REQUIREMENT;
        this.failure = failure;
        this.exemption = null;
        this.expired = null;
        this.breakGlass = breakGlass;
        this.breakGlassHint = breakGlassHint;
        this.denyFrom = null;
        this.expiring = null;
        this.wouldDeny = false;
    }

    /** Makes a violation of a built-in requirement, which no policy can relax. */
    Violation(
            String policy,
            Locale locale,
            Requirement requirement,
            @Nullable ReviewedImage image,
            Supplier<String> explanation) {
        this(policy, locale, requirement, image, explanation, null);
    }

    /** {@return that no policies are loaded} */
    static Violation unloaded(String why, @Nullable Throwable failure) {
        return new Violation("", Locale.ENGLISH, Requirement.LOADED_POLICY, null, () -> why, failure);
    }

    private Violation(
            String policy,
            Locale locale,
            Requirement requirement,
            @Nullable ReviewedImage image,
            Supplier<String> explanation,
            @Nullable Throwable failure) {
        this.policy = policy;
        this.locale = locale;
        this.rule = requirement.code();
        this.found = requirement == Requirement.KNOWN_IMAGE
                        || requirement == Requirement.CHART_DEFAULT
                        || requirement == Requirement.KNOWN_KIND
                        || requirement == Requirement.LOADED_POLICY
                ? Outcome.UNDECIDABLE
                : Outcome.VIOLATED;
        this.enforcement = Enforcement.DENY;
        this.details = RuleDetails.of(requirement);
        this.image = image;
        this.explanation = explanation;
        this.form = Form.REQUIREMENT;
        this.failure = failure;
        this.exemption = null;
        this.expired = null;
        this.breakGlass = null;
        this.breakGlassHint = null;
        this.denyFrom = null;
        this.expiring = null;
        this.wouldDeny = false;
    }

    /** {@return the name of the policy} */
    public String policy() {
        return policy;
    }

    /** {@return the name of the rule, or the code of the {@linkplain Requirement requirement}} */
    public String rule() {
        return rule;
    }

    /** {@return the enforcement of the rule in the namespace on the day of the decision, or while a registry is down its enforcement in this case} */
    public Enforcement enforcement() {
        return enforcement;
    }

    /** {@return what the rule demands and why, for reports} */
    public Optional<String> description() {
        return Optional.ofNullable(details.description());
    }

    /** {@return how bad the policy calls a violation of the rule, for reports} */
    public Optional<Severity> severity() {
        return Optional.ofNullable(details.severity());
    }

    /** {@return a page about the rule or requirement, for reports} */
    public Optional<URI> link() {
        return Optional.ofNullable(details.link());
    }

    /** {@return the image; empty if the whole review violates the requirement} */
    public Optional<ReviewedImage> image() {
        return Optional.ofNullable(image);
    }

    /**
     * {@return the explanation in the policy's language, without image and rule, or the rule's own message; after {@link
     * #denyFrom()} if there is one}
     */
    public String explanation() {
        return dated(explanation.get());
    }

    /**
     * {@return the sentence with image, position, rule and explanation, or the rule's own message; after {@link #denyFrom()} if
     * there is one}
     */
    public String message() {
        return dated(undatedMessage());
    }

    /** {@return a sentence that begins with the day from which on the violation will deny, if there is one} */
    String dated(String sentence) {
        return denyFrom == null ? sentence : Sentences.denyFrom(locale, denyFrom, sentence);
    }

    String undatedExplanation() {
        return explanation.get();
    }

    String undatedMessage() {
        String text = undatedExplanation();
        if (image == null || form == Form.WORD_FOR_WORD) {
            return text;
        }
        return form == Form.RULE
                ? Sentences.ofRule(locale, image, rule, text)
                : Sentences.ofRequirement(locale, image, text);
    }

    boolean isWordForWord() {
        return form == Form.WORD_FOR_WORD;
    }

    /** Returns the image and its position. */
    String subject() {
        return image == null ? "" : Sentences.subject(locale, image);
    }

    /**
     * {@return whether it is not known if the image violates the rule: the name or the content gives no answer, the registry did
     * not answer, or the rule failed}
     */
    public boolean isUnknown() {
        return failure != null || found != Outcome.VIOLATED;
    }

    /** {@return what the rule found about the image} */
    Outcome found() {
        return found;
    }

    /**
     * {@return what the rule threw, or the {@link io.imagegate.fact.FactSource} that was asked for facts that it needs, or what was
     * thrown when policies were loaded. Its message may have secrets, so no text of this violation has it}
     */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return the exception that covers this violation} */
    public Optional<Exemption> exemption() {
        return Optional.ofNullable(exemption);
    }

    /**
     * {@return a sentence with rule, last day and reason of the exception that covers this violation for longest, if that
     * {@linkplain PolicyBuilder#expiryWarning expires soon}}
     */
    public Optional<String> expiryWarning() {
        return Optional.ofNullable(expiring).map(soon -> Sentences.expiring(locale, rule, soon));
    }

    /** {@return the first day, in UTC, on which this violation will deny; empty if it does already, or never will} */
    public Optional<LocalDate> denyFrom() {
        return Optional.ofNullable(denyFrom);
    }

    /** {@return the exception that covered this violation until it expired; of several, the last; empty if one covers it} */
    public Optional<Exemption> expired() {
        return Optional.ofNullable(expired);
    }

    /** {@return a sentence with rule, last day and reason of the exception that {@linkplain #expired() expired}} */
    public Optional<String> expiredNote() {
        return expired().map(late -> Sentences.expired(locale, rule, late));
    }

    /**
     * {@return the ticket that covers this violation: the value of the break-glass annotation. Empty if none covers it, and if
     * the policy has one value instead of a glob, because that is a password}
     */
    public Optional<String> breakGlass() {
        return Optional.ofNullable(breakGlass).map(BrokenGlass::ticket);
    }

    /**
     * {@return where the break-glass annotation is set and where it is missing, if one of the object and the templates in it has
     * it and another does not, or why it does not count for the user of the request}
     */
    public Optional<String> breakGlassHint() {
        return Optional.ofNullable(breakGlassHint);
    }

    /**
     * {@return whether the rule only warns or audits, and would deny the review if it denied} Not if an exception or break-glass
     * covers the violation, and not if it is one only because a registry is down, which the rule excuses.
     */
    public boolean wouldDeny() {
        return wouldDeny;
    }

    /** {@return the outcome; an exception takes precedence over a break-glass annotation} */
    public ViolationOutcome outcome() {
        if (exemption != null) {
            return ViolationOutcome.EXEMPTED;
        }
        if (breakGlass != null) {
            return ViolationOutcome.BROKE_GLASS;
        }
        return switch (enforcement) {
            case DENY -> ViolationOutcome.DENIED;
            case WARN -> ViolationOutcome.WARNED;
            case AUDIT -> ViolationOutcome.AUDITED;
        };
    }

    /** {@return the sentence} */
    @Override
    public String toString() {
        return message();
    }
}
