package io.imagegate.policy;

import io.imagegate.fact.Need;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies rules. A rule is foreign code: if it throws anything, the image violates it. */
record RuleRunner(Locale locale) {

    /**
     * {@return the finding of a rule}
     *
     * @throws RuntimeException if the rule throws it; errors, too
     */
    @SuppressWarnings({"ConstantValue", "NullAway"})
    Finding apply(NamedRule rule, Candidate image) {
        Finding finding = rule.scope().covers(image) ? image.findingOf(rule.rule()) : Finding.notApplicable();
        return finding == null ? Finding.violation(Sentences.ruleSilent(locale)) : finding;
    }

    /** {@return the finding of a rule; a violation if the rule or the text of its finding throws} */
    Finding check(NamedRule rule, Candidate image) {
        try {
            Finding finding = apply(rule, image);
            finding.message(locale);
            return finding;
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    /** {@return an image for a rule, whose facts record what the rule asks for if it is one that asks} */
    Candidate asked(NamedRule rule, Candidate image) {
        return rule.isAsking() ? image.withFacts(image.facts().recording()) : image;
    }

    /**
     * {@return the facts that a rule asks for}
     *
     * @param image to which the rule was applied; if it did not record, the rule is applied again: a pure function, it asks for the
     *     same facts
     */
    Set<Need<?>> needs(NamedRule rule, Candidate image) {
        Set<Need<?>> asked = image.facts().asked();
        if (!asked.isEmpty()) {
            return asked;
        }
        rule.markAsking();
        return image.facts().needsOf(asking -> check(rule, image.withFacts(asking)));
    }

    /** {@return what the source of a fact threw, if a rule could not be decided because of that} */
    @Nullable
    Throwable lookUpFailure(NamedRule rule, Candidate image, Finding finding) {
        return finding.outcome() != Outcome.UNDECIDABLE
                ? null
                : image.facts()
                        .failureFor(asking -> check(rule, image.withFacts(asking)))
                        .orElse(null);
    }

    /** {@return what a violation says} The text of a rule's evidence is made by foreign code, too, and only now. */
    String explanation(Policy policy, NamedRule rule, Candidate image, Finding finding) {
        try {
            return Sentences.explanation(policy, rule, image, finding);
        } catch (Throwable failure) {
            return failed(failure).message(locale);
        }
    }

    /** {@return a violation that names the failure. Without memory no policy can be trusted, so the whole review fails} */
    Finding failed(Throwable failure) {
        if (failure instanceof VirtualMachineError broken && !(failure instanceof StackOverflowError)) {
            throw broken;
        }
        return Finding.violation(Sentences.ruleFailed(locale, failure));
    }
}
