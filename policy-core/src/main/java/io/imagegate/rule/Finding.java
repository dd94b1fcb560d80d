package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
    private static final Finding PENDING = new Finding(Outcome.PENDING, Message.FACT_PENDING, List.of());

    private final Outcome outcome;
    private final @Nullable Message message;
    private final List<?> arguments;
    private final @Nullable Digest verified;

    private Finding(Outcome outcome, @Nullable Message message, List<?> arguments) {
        this(outcome, message, arguments, null);
    }

    private Finding(Outcome outcome, @Nullable Message message, List<?> arguments, @Nullable Digest verified) {
        this.outcome = outcome;
        this.message = message;
        this.arguments = arguments;
        this.verified = verified;
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

    /** {@return the finding that signatures or attestations of a digest satisfy the rule} */
    static Finding verified(Digest digest, Message message, Object... arguments) {
        return new Finding(Outcome.SATISFIED, message, List.of(arguments), digest);
    }

    /**
     * {@return the finding that an image satisfies two rules, with the digest that one of them verified} It has no evidence: that of
     * one rule would not show that both are satisfied.
     */
    static Finding bothSatisfied(Finding one, Finding other) {
        Digest digest = one.verified == null ? other.verified : one.verified;
        return digest == null ? SATISFIED : new Finding(Outcome.SATISFIED, null, List.of(), digest);
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
        return new Finding(Outcome.VIOLATED, Message.TEXT, List.of(sentence(message)));
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
        return new Finding(Outcome.UNDECIDABLE, Message.TEXT, List.of(sentence(message)));
    }

    static Finding undecidable(Message message, Object... arguments) {
        return new Finding(Outcome.UNDECIDABLE, message, List.of(arguments));
    }

    /**
     * It is unknown whether the image meets the condition, because a registry is down.
     *
     * @param message the sentence that says so, shown to the user as it is; not blank
     * @return the finding
     * @throws IllegalArgumentException if the message is blank
     */
    public static Finding unavailable(String message) {
        return new Finding(Outcome.UNAVAILABLE, Message.TEXT, List.of(sentence(message)));
    }

    static Finding unavailable(Message message, Object... arguments) {
        return new Finding(Outcome.UNAVAILABLE, message, List.of(arguments));
    }

    static Finding of(Outcome outcome, Message message, Object... arguments) {
        return new Finding(outcome, message, List.of(arguments));
    }

    /** {@return the finding that a fact is needed which was not looked up} */
    static Finding pending() {
        return PENDING;
    }

    /**
     * Checks a fact if it is known. An absent fact violates the condition; one that is undecidable, unavailable or pending
     * gives that outcome, with the reason of the fact.
     *
     * <pre>{@code
     * Rule small = image -> Finding.of(image.facts().metadata(), metadata ->
     *         metadata.images().size() <= 4 ? Finding.satisfied() : Finding.violation("it has more than four platforms"));
     * }</pre>
     *
     * @param fact the fact
     * @param check checks its value
     * @param <T> the type of its value
     * @return the finding
     */
    public static <T> Finding of(Fact<T> fact, Function<? super T, Finding> check) {
        return switch (fact.state()) {
            case KNOWN -> check.apply(fact.value().orElseThrow());
            case ABSENT -> violation(fact.reason());
            case UNDECIDABLE -> undecidable(fact.reason());
            case UNAVAILABLE -> unavailable(fact.reason());
            case PENDING -> pending();
        };
    }

    private static String sentence(String message) {
        if (message.isBlank()) {
            throw new IllegalArgumentException("message of a finding: expected a sentence, got a blank text");
        }
        return message;
    }

    /** {@return the outcome} */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * {@return the digest whose signatures or attestations satisfy the rule} Only {@link SignatureRule} and {@link AttestationRule}
     * verify one. A rule made of others has it if all of them, or the one that decides, are satisfied and one of these verified it;
     * {@link Rules#not} has none.
     */
    public Optional<Digest> verified() {
        return Optional.ofNullable(verified);
    }

    /** {@return whether a policy treats this as a violation: the image violates the rule, or that is unknown} */
    public boolean isViolation() {
        return outcome != Outcome.SATISFIED && outcome != Outcome.NOT_APPLICABLE;
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
