package io.imagegate.policy;

import io.imagegate.rule.Candidate;
import io.imagegate.rule.Coverage;
import io.imagegate.rule.Scope;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Exception from rules: violations by some images are allowed until a date, for a reason. Named exemption, because an
 * exception is something else in Java. Immutable and thread-safe.
 *
 * <pre>{@code
 * Exemption exemption = Exemption.of(List.of("fixed-tag"), "migration of the build tools", LocalDate.of(2027, 1, 31))
 *         .withScope(Scope.ofImages(PatternSet.of("ghcr.io/acme/tools/*")).withNamespaces(GlobSet.of("dev-*")));
 * }</pre>
 *
 * @since 0.1
 */
public final class Exemption {

    private final Set<String> rules;
    private final Scope scope;
    private final String reason;
    private final LocalDate expires;

    private Exemption(Set<String> rules, Scope scope, String reason, LocalDate expires) {
        this.rules = rules;
        this.scope = scope;
        this.reason = reason;
        this.expires = expires;
    }

    /**
     * Makes an exception for all images in all namespaces.
     *
     * @param rules names of at least one rule
     * @param reason why, for the audit log; not blank
     * @param expires the last day, in UTC, on which the exception is active
     * @return the exception
     * @throws IllegalArgumentException if no rule is named or the reason is blank
     */
    public static Exemption of(Collection<String> rules, String reason, LocalDate expires) {
        Objects.requireNonNull(expires, "expires");
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("exception: expected names of rules, got none");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("exception: expected a reason, got a blank text");
        }
        return new Exemption(
                Collections.unmodifiableSet(new LinkedHashSet<>(rules)), Scope.EVERYTHING, reason, expires);
    }

    /**
     * {@return a copy for fewer images} An image of which the review does not tell whether it is in scope is not covered.
     *
     * @param only the images
     * @throws IllegalArgumentException if the scope depends only on what the author of a pod chooses, such as the name of a
     *     container: then whoever writes a pod could except it
     */
    public Exemption withScope(Scope only) {
        if (only.isChosenByAuthor()) {
            throw new IllegalArgumentException(
                    "exception: whoever writes a pod chooses what it depends on, expected images,"
                            + " namespaces, users or groups, too");
        }
        return new Exemption(rules, only, reason, expires);
    }

    /** {@return the names of the rules; unmodifiable} */
    public Set<String> rules() {
        return rules;
    }

    /** {@return the images} */
    public Scope scope() {
        return scope;
    }

    /** {@return the reason, for the audit log} */
    public String reason() {
        return reason;
    }

    /** {@return the last day, in UTC, on which the exception is active} */
    public LocalDate expires() {
        return expires;
    }

    boolean covers(String rule, Candidate image, LocalDate today) {
        return !today.isAfter(expires) && concerns(rule, image);
    }

    /** {@return whether it covers violations of a rule by an image, or did until it expired} */
    boolean concerns(String rule, Candidate image) {
        return rules.contains(rule) && scope.coverage(image) == Coverage.COVERED;
    }
}
