package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Candidate;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exception from rules: for a while, for a reason, violations by some images do not count. It is called an exemption
 * because an exception is something else in Java. Immutable and thread-safe.
 *
 * @param rules names of the rules it exempts from; at least one
 * @param images patterns of images, or null for every image
 * @param namespaces globs of namespaces, or null for every namespace
 * @param reason why, for the audit log; not blank
 * @param expires the last day, in UTC, on which it holds
 * @since 0.1
 */
public record Exemption(
        Set<String> rules,
        @Nullable PatternSet images,
        @Nullable GlobSet namespaces,
        String reason,
        LocalDate expires) {

    /**
     * Checks and copies.
     *
     * @param rules names of the rules it exempts from
     * @param images patterns of images, or null for every image
     * @param namespaces globs of namespaces, or null for every namespace
     * @param reason why, for the audit log
     * @param expires the last day, in UTC, on which it holds
     * @throws IllegalArgumentException if no rule is named or the reason is blank
     */
    public Exemption {
        rules = Set.copyOf(rules);
        Objects.requireNonNull(expires, "expires");
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("exception: expected the names of the rules it is from, got none");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("exception: expected a reason, got a blank text");
        }
    }

    boolean covers(String rule, Candidate image, LocalDate today) {
        return rules.contains(rule)
                && !today.isAfter(expires)
                && (namespaces == null || namespaces.matches(image.namespace()))
                && (images == null || images.matches(image.reference()));
    }
}
