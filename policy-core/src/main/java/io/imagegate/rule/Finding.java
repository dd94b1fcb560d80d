package io.imagegate.rule;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found of one image: an outcome, and unless that is satisfied or not applicable the sentence that says why. Immutable and
 * thread-safe. The sentence of a built-in rule is made only when asked for, in the language asked for.
 *
 * @since 0.1
 */
public final class Finding {

    private static final Finding SATISFIED = new Finding(Outcome.SATISFIED, null, List.of());
    private static final Finding NOT_APPLICABLE = new Finding(Outcome.NOT_APPLICABLE, null, List.of());

    private final Outcome outcome;
    private final @Nullable Message message;
    private final List<?> arguments;

    private Finding(Outcome outcome, @Nullable Message message, List<?> arguments) {
        this.outcome = outcome;
        this.message = message;
        this.arguments = arguments;
    }

    /** {@return the finding that the image meets the demand} */
    public static Finding satisfied() {
        return SATISFIED;
    }

    /**
     * The image meets the demand, and what shows it, for explanations.
     *
     * @param evidence what showed it, such as the pattern that matched; its {@code toString} is what a person sees
     * @return the finding
     */
    public static Finding satisfied(Object evidence) {
        return new Finding(Outcome.SATISFIED, Message.TEXT, List.of(evidence));
    }

    /** {@return the finding that the rule does not speak of this image} */
    public static Finding notApplicable() {
        return NOT_APPLICABLE;
    }

    /**
     * The image does not meet the demand.
     *
     * @param message the sentence that says why, shown to the user as it is; not blank
     * @return the finding
     * @throws IllegalArgumentException if the message is blank
     */
    public static Finding violation(String message) {
        if (message.isBlank()) {
            throw new IllegalArgumentException("message of a violation: expected a sentence, got a blank text");
        }
        return new Finding(Outcome.VIOLATED, Message.TEXT, List.of(message));
    }

    static Finding violation(Message message, Object... arguments) {
        return new Finding(Outcome.VIOLATED, message, List.of(arguments));
    }

    /**
     * It is unknown whether the image meets the demand. A policy treats it as a violation, and so does a policy with
     * {@link Rules#not} around the rule.
     *
     * @param message the sentence that says why, shown to the user as it is; not blank
     * @return the finding
     * @throws IllegalArgumentException if the message is blank
     */
    public static Finding undecidable(String message) {
        if (message.isBlank()) {
            throw new IllegalArgumentException("message of a finding: expected a sentence, got a blank text");
        }
        return new Finding(Outcome.UNDECIDABLE, Message.TEXT, List.of(message));
    }

    static Finding undecidable(Message message, Object... arguments) {
        return new Finding(Outcome.UNDECIDABLE, message, List.of(arguments));
    }

    /** {@return what was found} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return whether a policy treats it as a violation: the image does not meet the demand, or that is unknown} */
    public boolean isViolation() {
        return outcome == Outcome.VIOLATED || outcome == Outcome.UNDECIDABLE;
    }

    /**
     * The sentence that goes with the finding: why it is a violation or unknown, or what showed that it is satisfied.
     *
     * @param locale language of built-in sentences; one without a translation gets English
     * @return the sentence; empty where there is nothing to say
     */
    public String message(Locale locale) {
        Objects.requireNonNull(locale, "locale");
        return message == null ? "" : message.format(locale, arguments);
    }

    /** {@return the outcome and the English sentence, for logs and debuggers} */
    @Override
    public String toString() {
        String text = message(Locale.ENGLISH);
        return text.isEmpty() ? outcome.name() : outcome + ": " + text;
    }
}
