package io.imagegate.rule;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Result of a rule for one image: an outcome and, if that is violated or undecidable, a sentence that says why.
 * Immutable and thread-safe. Built-in rules make their sentence only when it is read, in the language of the reader.
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

    /** {@return the finding that the image satisfies the rule} */
    public static Finding satisfied() {
        return SATISFIED;
    }

    /**
     * The image satisfies the rule, with evidence for explanations.
     *
     * @param evidence the reason, such as the pattern that matched; people see its {@code toString}
     * @return the finding
     */
    public static Finding satisfied(Object evidence) {
        return new Finding(Outcome.SATISFIED, Message.TEXT, List.of(evidence));
    }

    /** {@return the finding that the rule does not apply to the image} */
    public static Finding notApplicable() {
        return NOT_APPLICABLE;
    }

    /**
     * The image violates the rule.
     *
     * @param message the sentence that users see; not blank
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
     * It is unknown whether the image satisfies the rule. A policy treats this as a violation, also under
     * {@link Rules#not}.
     *
     * @param message the sentence that users see; not blank
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

    /** {@return the outcome} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return whether a policy treats this as a violation: the image violates the rule, or that is unknown} */
    public boolean isViolation() {
        return outcome == Outcome.VIOLATED || outcome == Outcome.UNDECIDABLE;
    }

    /**
     * Returns the sentence: why the finding is a violation or unknown, or the evidence that the rule is satisfied.
     *
     * @param locale language of built-in sentences; English if there is no translation
     * @return the sentence, or an empty text
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
