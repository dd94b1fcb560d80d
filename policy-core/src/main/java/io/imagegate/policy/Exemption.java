package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Candidate;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exception from rules: violations by some images are allowed until a date, for a reason. Named exemption, because an
 * exception is something else in Java. Immutable and thread-safe.
 *
 * <pre>{@code
 * Exemption exemption = Exemption.of(List.of("fixed-tag"), "migration of the build tools", LocalDate.of(2027, 1, 31))
 *         .withImages(PatternSet.of("ghcr.io/acme/tools/*"))
 *         .withNamespaces(GlobSet.of("dev-*"));
 * }</pre>
 *
 * @since 0.1
 */
public final class Exemption {

    private final Set<String> rules;
    private final @Nullable PatternSet images;
    private final @Nullable GlobSet namespaces;
    private final String reason;
    private final LocalDate expires;

    private Exemption(
            Set<String> rules,
            @Nullable PatternSet images,
            @Nullable GlobSet namespaces,
            String reason,
            LocalDate expires) {
        this.rules = rules;
        this.images = images;
        this.namespaces = namespaces;
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
        return new Exemption(Collections.unmodifiableSet(new LinkedHashSet<>(rules)), null, null, reason, expires);
    }

    /**
     * {@return a copy for only these images}
     *
     * @param only patterns of the images
     */
    public Exemption withImages(PatternSet only) {
        return new Exemption(rules, only, namespaces, reason, expires);
    }

    /**
     * {@return a copy for only these namespaces}
     *
     * @param only globs of the namespaces
     */
    public Exemption withNamespaces(GlobSet only) {
        return new Exemption(rules, images, only, reason, expires);
    }

    /** {@return the names of the rules; unmodifiable} */
    public Set<String> rules() {
        return rules;
    }

    /** {@return patterns of the images; empty for every image} */
    public Optional<PatternSet> images() {
        return Optional.ofNullable(images);
    }

    /** {@return globs of the namespaces; empty for every namespace} */
    public Optional<GlobSet> namespaces() {
        return Optional.ofNullable(namespaces);
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
        return rules.contains(rule)
                && (namespaces == null || namespaces.matches(image.namespace()))
                && (images == null || images.matches(image.reference()));
    }
}
