package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePatternSyntaxException;
import io.imagegate.reference.PatternSet;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The built-in rules and the combinators. All of them are immutable and thread-safe, and none does input or output
 * unless a rule given to a combinator does.
 *
 * <pre>{@code
 * Rule trusted = Rules.allow("ghcr.io/acme/**", "docker.io/library/*");
 * Rule pinned = Rules.inNamespaces(List.of("prod-*"), Rules.digestRequired());
 * Rule released = Rules.anyOf(Rules.digestRequired(), Rules.not(Rules.tagAllowed(GlobSet.of("dev-*"))));
 * }</pre>
 *
 * @since 0.1
 */
public final class Rules {

    private Rules() {}

    /**
     * The tutorial's rule done right: a tag or a digest must be written, and a tag that is written must not be
     * {@code latest}.
     *
     * @return the rule
     */
    public static Rule fixedTag() {
        return allOf(tagRequired(), tagDenied(GlobSet.of("latest")));
    }

    /**
     * The reference must say which version it means: by a tag or a digest. To demand a tag beside a digest, add
     * {@link #tagAllowed} with the glob {@code *}.
     *
     * @return the rule
     */
    public static Rule tagRequired() {
        return new TagRequired();
    }

    /**
     * The tag must be one of these. An image with neither tag nor digest has the tag {@code latest}; one with a digest
     * alone has no tag, and is {@linkplain Outcome#UNDECIDABLE undecidable}.
     *
     * @param tags globs of tags
     * @return the rule
     */
    public static Rule tagAllowed(GlobSet tags) {
        return new TagAllowed(tags);
    }

    /**
     * The tag must be none of these. An image with neither tag nor digest has the tag {@code latest}; one with a digest
     * alone has no tag, and passes.
     *
     * @param tags globs of tags
     * @return the rule
     */
    public static Rule tagDenied(GlobSet tags) {
        return new TagDenied(tags);
    }

    /**
     * The tag must be a version in full, such as {@code 2.3.0} or {@code v2.3.0}, and in a range. It is
     * {@linkplain Outcome#UNDECIDABLE undecidable} whether an image meets this that has no tag but a digest, a tag that is
     * no version, as the implied {@code latest}, or a prerelease within the bounds of a range that names none of its
     * version.
     *
     * @param range the range
     * @return the rule
     */
    public static Rule tagInRange(VersionRange range) {
        return new TagInRange(range);
    }

    /**
     * A digest must be written.
     *
     * @param algorithms names of the algorithms that are good enough: {@code sha256}, {@code sha384}, {@code sha512};
     *     none means any
     * @return the rule
     * @throws IllegalArgumentException if there is no such algorithm
     */
    public static Rule digestRequired(String... algorithms) {
        return new DigestRequired(new LinkedHashSet<>(List.of(algorithms)));
    }

    /**
     * The image must match one of these patterns.
     *
     * @param patterns patterns of images
     * @return the rule
     */
    public static Rule allow(PatternSet patterns) {
        return new PatternAllowed(patterns);
    }

    /**
     * The image must match one of these patterns.
     *
     * @param patterns patterns of images, such as {@code ghcr.io/acme/**}
     * @return the rule
     * @throws ImagePatternSyntaxException if a text is not a pattern
     */
    public static Rule allow(String... patterns) {
        return allow(PatternSet.of(patterns));
    }

    /**
     * The image must match none of these patterns.
     *
     * @param patterns patterns of images
     * @return the rule
     */
    public static Rule deny(PatternSet patterns) {
        return new PatternDenied(patterns);
    }

    /**
     * The image must match none of these patterns.
     *
     * @param patterns patterns of images, such as {@code docker.io/**}
     * @return the rule
     * @throws ImagePatternSyntaxException if a text is not a pattern
     */
    public static Rule deny(String... patterns) {
        return deny(PatternSet.of(patterns));
    }

    /**
     * Every one of the rules must be satisfied or not apply; the first violation is what is found. Where none applies,
     * neither does this. Without a violation, one {@linkplain Outcome#UNDECIDABLE undecidable} rule makes this undecidable.
     *
     * @param rules the rules, at least one
     * @return the rule
     * @throws IllegalArgumentException if there are none
     */
    public static Rule allOf(Rule... rules) {
        return new AllOf(List.of(rules));
    }

    /**
     * At least one of the rules must be satisfied; one that does not apply to an image does not help it. Where none
     * applies, neither does this. If none is satisfied, one {@linkplain Outcome#UNDECIDABLE undecidable} rule makes this
     * undecidable.
     *
     * @param rules the rules, at least one
     * @return the rule
     * @throws IllegalArgumentException if there are none
     */
    public static Rule anyOf(Rule... rules) {
        return new AnyOf(List.of(rules));
    }

    /**
     * The rule must be violated. One that does not apply still does not, and one that is
     * {@linkplain Outcome#UNDECIDABLE undecidable} still is.
     *
     * @param rule the rule
     * @return the rule
     */
    public static Rule not(Rule rule) {
        return new Not(rule);
    }

    /**
     * The rule must be satisfied, or a digest be written.
     *
     * @param rule the rule
     * @return the rule
     */
    public static Rule unlessDigest(Rule rule) {
        return new UnlessDigest(rule);
    }

    /**
     * The rule, for the images of a scope alone. It is {@linkplain Outcome#UNDECIDABLE undecidable} for an image whose
     * review names no namespace, if the scope has namespaces.
     *
     * @param scope the scope
     * @param rule the rule
     * @return the rule
     */
    public static Rule within(Scope scope, Rule rule) {
        return new Scoped(scope, rule);
    }

    /**
     * The rule, for these namespaces alone.
     *
     * @param namespaces globs of namespaces
     * @param rule the rule
     * @return the rule
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    public static Rule inNamespaces(List<String> namespaces, Rule rule) {
        return within(Scope.ofNamespaces(GlobSet.of(namespaces)), rule);
    }
}
