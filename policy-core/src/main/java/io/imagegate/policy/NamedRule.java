package io.imagegate.policy;

import io.imagegate.rule.Rule;
import io.imagegate.rule.Scope;
import io.imagegate.text.Names;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rule of a policy with its name, scope, enforcement and message. Immutable; the {@code with…} methods return changed
 * copies.
 *
 * @param name name of the rule, unique in its policy: lower-case letters, digits, {@code -} and {@code .}, 63 at most
 * @param rule the condition
 * @param enforcement the effect of a violation
 * @param scope the images that it applies to
 * @param message the rule's own message, or null for the built-in one
 * @param details details for reports
 * @since 0.1
 */
public record NamedRule(
        String name,
        Rule rule,
        Enforcement enforcement,
        Scope scope,
        @Nullable MessageTemplate message,
        RuleDetails details) {

    /**
     * Checks the name and refuses nulls.
     *
     * @param name name of the rule
     * @param rule the condition
     * @param enforcement the effect of a violation
     * @param scope the images that it applies to
     * @param message the rule's own message, or null for the built-in one
     * @param details details for reports
     * @throws IllegalArgumentException if the name is invalid or the code of a {@link Requirement}
     */
    public NamedRule {
        Names.require("rule", name);
        Requirement.refuse(name);
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(enforcement, "enforcement");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(details, "details");
    }

    /**
     * Makes a rule that denies, applies to every image and has the built-in message.
     *
     * @param name name of the rule
     * @param rule the condition
     * @return the named rule
     * @throws IllegalArgumentException if the name is invalid
     */
    public static NamedRule of(String name, Rule rule) {
        return new NamedRule(name, rule, Enforcement.DENY, Scope.EVERYTHING, null, RuleDetails.NONE);
    }

    /**
     * {@return a copy with another enforcement}
     *
     * @param other the effect of a violation
     */
    public NamedRule withEnforcement(Enforcement other) {
        return new NamedRule(name, rule, other, scope, message, details);
    }

    /**
     * {@return a copy with another scope}
     *
     * @param other the images that the rule applies to
     */
    public NamedRule withScope(Scope other) {
        return new NamedRule(name, rule, enforcement, other, message, details);
    }

    /**
     * {@return a copy with its own message}
     *
     * @param text the message, as {@link MessageTemplate#parse} reads it
     * @throws IllegalArgumentException if the message is blank or has an unknown placeholder
     */
    public NamedRule withMessage(String text) {
        return new NamedRule(name, rule, enforcement, scope, MessageTemplate.parse(text), details);
    }

    /**
     * {@return a copy with a description, for reports}
     *
     * @param text what the rule requires and why, in a sentence
     * @throws IllegalArgumentException if it is blank
     */
    public NamedRule withDescription(String text) {
        return withDetails(new RuleDetails(text, details.severity(), details.link()));
    }

    /**
     * {@return a copy with a severity, for reports}
     *
     * @param severity how serious a violation is
     */
    public NamedRule withSeverity(Severity severity) {
        return withDetails(new RuleDetails(details.description(), severity, details.link()));
    }

    /**
     * {@return a copy with a link, for reports}
     *
     * @param page a page about the rule
     * @throws IllegalArgumentException if this is not an {@code http} or {@code https} URL
     */
    public NamedRule withLink(URI page) {
        return withDetails(new RuleDetails(details.description(), details.severity(), page));
    }

    private NamedRule withDetails(RuleDetails other) {
        return new NamedRule(name, rule, enforcement, scope, message, other);
    }
}
