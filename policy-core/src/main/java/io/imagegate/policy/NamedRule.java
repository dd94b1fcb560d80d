package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Scope;
import io.imagegate.text.Names;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rule of a policy with its name, scope, enforcement and message. Immutable; the {@code with…} methods return changed
 * copies.
 *
 * <pre>{@code
 * NamedRule pinned = NamedRule.of("pinned", Rules.digestRequired())
 *         .withEnforcement(Enforcement.WARN)
 *         .withScope(Scope.ofNamespaces(GlobSet.of("prod-*")));
 * }</pre>
 *
 * @since 0.1
 */
public final class NamedRule {

    /** The longest {@linkplain #conditionText() text of a condition}, in characters. */
    public static final int LONGEST_CONDITION = 1_000;

    private final String name;
    private final Rule rule;
    private final RuleEnforcement effects;
    private final Scope scope;
    private final @Nullable MessageTemplate message;
    private final RuleDetails details;

    /** Whether it has asked for facts. Never false again, so that threads need not agree. */
    private boolean asking;

    private NamedRule(
            String name,
            Rule rule,
            RuleEnforcement effects,
            Scope scope,
            @Nullable MessageTemplate message,
            RuleDetails details) {
        this.name = name;
        this.rule = Objects.requireNonNull(rule, "rule");
        this.effects = effects;
        this.scope = Objects.requireNonNull(scope, "scope");
        this.message = message;
        this.details = details;
    }

    /**
     * Makes a rule that denies, applies to every image and has the built-in message.
     *
     * @param name name of the rule, unique in its policy: lower-case letters, digits, {@code -} and {@code .}, 63 at most
     * @param rule the condition
     * @return the named rule
     * @throws IllegalArgumentException if the name is invalid or the code of a {@link Requirement}
     */
    public static NamedRule of(String name, Rule rule) {
        Names.require("rule", name);
        Requirement.refuse(name);
        return new NamedRule(name, rule, RuleEnforcement.DENYING, Scope.EVERYTHING, null, RuleDetails.NONE);
    }

    /**
     * {@return a copy with another enforcement, the same in all namespaces}
     *
     * @param other the effect of a violation
     */
    public NamedRule withEnforcement(Enforcement other) {
        return withEffects(effects.everywhere(other));
    }

    /**
     * {@return a copy with another enforcement in some namespaces} Where namespaces of several enforcements match, the strictest of
     * these holds. If the namespace is unknown, the strictest of the rule holds.
     *
     * <pre>{@code
     * NamedRule lenient = NamedRule.of("pinned", Rules.digestRequired())
     *         .withEnforcement(Enforcement.WARN, GlobSet.of("dev-*"));
     * }</pre>
     *
     * @param other the effect of a violation in these namespaces
     * @param namespaces globs of namespaces, which replace those of the same effect
     */
    public NamedRule withEnforcement(Enforcement other, GlobSet namespaces) {
        return withEffects(effects.in(namespaces, Objects.requireNonNull(other, "enforcement")));
    }

    /**
     * {@return a copy whose violations deny from a day on in all namespaces} Until then, sentences about its violations begin with
     * this day. A {@linkplain PolicyBuilder policy} refuses a rule that denies everywhere before.
     *
     * @param day the first day, in UTC
     */
    public NamedRule withDenyFrom(LocalDate day) {
        return withEffects(effects.denyingFrom(day));
    }

    /**
     * {@return a copy with another enforcement while a registry that the rule needs is down}
     *
     * @param other the effect of a violation in this case; where it is stricter than the enforcement, that holds
     */
    public NamedRule withOnUnavailable(Enforcement other) {
        return withEffects(effects.atMostWhileUnavailable(other));
    }

    private NamedRule withEffects(RuleEnforcement other) {
        return new NamedRule(name, rule, other, scope, message, details);
    }

    /**
     * {@return a copy with another scope}
     *
     * @param other the images that the rule applies to
     */
    public NamedRule withScope(Scope other) {
        return new NamedRule(name, rule, effects, other, message, details);
    }

    /**
     * {@return a copy with its own message}
     *
     * @param text the message; the placeholders <code>{image} {registry} {repository} {tag} {digest} {namespace} {container}
     *     {rule} {policy}</code> are replaced
     * @throws IllegalArgumentException if the message is blank or has an unknown placeholder
     */
    public NamedRule withMessage(String text) {
        return new NamedRule(name, rule, effects, scope, MessageTemplate.parse(text), details);
    }

    private NamedRule withDetails(RuleDetails other) {
        return new NamedRule(name, rule, effects, scope, message, other);
    }

    /**
     * {@return a copy with a description, for reports}
     *
     * @param text what the rule requires and why, in a sentence
     * @throws IllegalArgumentException if it is blank
     */
    public NamedRule withDescription(String text) {
        return withDetails(new RuleDetails(text, details.severity(), details.link(), details.conditionText()));
    }

    /**
     * {@return a copy with a severity, for reports}
     *
     * @param severity how serious a violation is
     */
    public NamedRule withSeverity(Severity severity) {
        return withDetails(new RuleDetails(details.description(), severity, details.link(), details.conditionText()));
    }

    /**
     * {@return a copy with a link, for reports}
     *
     * @param page a page about the rule
     * @throws IllegalArgumentException if this is not an {@code http} or {@code https} URL
     */
    public NamedRule withLink(URI page) {
        return withDetails(new RuleDetails(details.description(), details.severity(), page, details.conditionText()));
    }

    /**
     * {@return a copy with another text of its condition, for reports}
     *
     * @param condition the condition in one line, such as {@code tag: {required: true}}
     * @throws IllegalArgumentException if it is blank or longer than {@value #LONGEST_CONDITION} characters
     */
    public NamedRule withConditionText(String condition) {
        return withDetails(new RuleDetails(details.description(), details.severity(), details.link(), condition));
    }

    /** {@return the name, unique in its policy} */
    public String name() {
        return name;
    }

    /** {@return the condition} */
    public Rule rule() {
        return rule;
    }

    /** {@return the effect of a violation where no namespace of {@link #enforcementByNamespace()} matches, without {@link #denyFrom()}} */
    public Enforcement enforcement() {
        return effects.otherwise();
    }

    /**
     * {@return the effect of a violation where no namespace of {@link #enforcementByNamespace()} matches}
     *
     * @param day the day in UTC
     */
    public Enforcement enforcement(LocalDate day) {
        return effects.otherwiseAt(day);
    }

    /** {@return the effects of a violation in some namespaces, the strictest first; unmodifiable} */
    public Map<Enforcement, GlobSet> enforcementByNamespace() {
        return effects.byNamespace();
    }

    /** {@return the first day, in UTC, from which on violations deny in all namespaces; empty if there is none} */
    public Optional<LocalDate> denyFrom() {
        return Optional.ofNullable(effects.denyFrom());
    }

    /** {@return whether violations deny in every namespace, on every day, while registries are up} */
    public boolean alwaysDenies() {
        return effects.alwaysDenies();
    }

    /**
     * {@return the effect of a violation}
     *
     * @param namespace the namespace of the review; empty if it is unknown
     * @param day the day in UTC
     */
    public Enforcement enforcement(String namespace, LocalDate day) {
        return effects.at(namespace, day);
    }

    /**
     * {@return the effect of a violation while a registry that the rule needs is down; never stricter than the
     * enforcement}
     *
     * @param namespace the namespace of the review; empty if it is unknown
     * @param day the day in UTC
     */
    public Enforcement onUnavailable(String namespace, LocalDate day) {
        return effects.whileUnavailable(namespace, day);
    }

    RuleEnforcement effects() {
        return effects;
    }

    /** {@return the images that it applies to} */
    public Scope scope() {
        return scope;
    }

    /** {@return the rule's own message as written; empty for the built-in one} */
    public Optional<String> message() {
        return template().map(MessageTemplate::toString);
    }

    /** {@return what the rule requires and why, for reports} */
    public Optional<String> description() {
        return Optional.ofNullable(details.description());
    }

    /** {@return how serious a violation is, for reports} */
    public Optional<Severity> severity() {
        return Optional.ofNullable(details.severity());
    }

    /** {@return a page about the rule, for reports} */
    public Optional<URI> link() {
        return Optional.ofNullable(details.link());
    }

    /**
     * {@return the condition as the file of the policy has it, in one line of YAML such as {@code tag: {required: true}}, without
     * comments and without parameters of rules written in Java; empty for rules that are made in Java} Lists that are too long are cut,
     * with the number of further elements, and texts end in {@code …}.
     */
    public Optional<String> conditionText() {
        return Optional.ofNullable(details.conditionText());
    }

    Optional<MessageTemplate> template() {
        return Optional.ofNullable(message);
    }

    RuleDetails details() {
        return details;
    }

    /** {@return whether it is known to ask for facts} */
    boolean isAsking() {
        return asking;
    }

    /** Records that it asks for facts. */
    void markAsking() {
        asking = true;
    }

    /** {@return the name, for logs and debuggers} */
    @Override
    public String toString() {
        return name;
    }
}
