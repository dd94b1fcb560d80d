package io.imagegate.rule;

import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.version.VersionRange;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Built-in rules and combinators. All are immutable and thread-safe. None does I/O, unless a rule passed to a
 * combinator does.
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
     * Requires a tag or a digest, and denies the tag {@code latest}, written or implied.
     *
     * @return the rule
     */
    public static Rule fixedTag() {
        return allOf(tagRequired(), tagDenied(GlobSet.of("latest")));
    }

    /**
     * Requires a tag or a digest. To require a tag beside a digest, add {@link #tagAllowed} with the glob {@code *}.
     *
     * @return the rule
     */
    public static Rule tagRequired() {
        return new TagRequired();
    }

    /**
     * Requires that the tag matches one of the globs. An image without tag and digest has the tag {@code latest}. An
     * image with only a digest has no tag and is {@linkplain Outcome#UNDECIDABLE undecidable}.
     *
     * @param tags globs of tags
     * @return the rule
     */
    public static Rule tagAllowed(GlobSet tags) {
        return new TagAllowed(tags);
    }

    /**
     * Requires that the tag matches none of the globs. An image without tag and digest has the tag {@code latest}. An
     * image with only a digest has no tag and satisfies the rule.
     *
     * @param tags globs of tags
     * @return the rule
     */
    public static Rule tagDenied(GlobSet tags) {
        return new TagDenied(tags);
    }

    /**
     * Requires that the tag is a full version, such as {@code 2.3.0} or {@code v2.3.0}, in a range. The rule is
     * {@linkplain Outcome#UNDECIDABLE undecidable} for an image with only a digest, for a tag that is not a version,
     * such as an implied {@code latest}, and for a prerelease within the bounds if the range names no prerelease of
     * that version.
     *
     * @param range the range
     * @return the rule
     */
    public static Rule tagInRange(VersionRange range) {
        return new TagInRange(range);
    }

    /**
     * Requires that the tag is a version in a range, as people write tags: {@code 1.25}, {@code v1.25.3-alpine}.
     *
     * <p>What follows a {@code -} is a variant if one of the globs matches it; the longest that one matches is taken. Else it
     * makes the version a prerelease. Words such as {@code rc} and {@code beta}, and a number at the start, are part of a
     * variant only if a glob has them without a wildcard: {@code *} matches {@code alpine3.20} and not {@code rc.1}.
     *
     * <p>A tag that has only the first numbers of a version stands for all versions that begin so, prereleases apart, and
     * satisfies the rule only if the range contains all of them: {@code 1.25} is in {@code >=1.25 <2}, {@code 1} is not. What
     * such a tag names changes with each release.
     *
     * <p>The rule is {@linkplain Outcome#UNDECIDABLE undecidable} for an image with only a digest, for a tag that is not a
     * version, such as an implied {@code latest}, for one that stands for versions of which some are in the range, for a
     * prerelease within the bounds if the range names no prerelease of that version, and for what would be in the range if
     * the end of its tag were a variant. Without {@code partial} and variants, a tag satisfies this if it satisfies
     * {@link #tagInRange}.
     *
     * @param range the range
     * @param partial whether a tag may have only the first numbers of a version
     * @param variants globs of variants, in which an empty text stands for none; only none if there is no glob
     * @return the rule
     */
    public static Rule version(VersionRange range, boolean partial, Collection<String> variants) {
        return new VersionInRange(range, partial, Variants.of(variants));
    }

    /**
     * Requires a digest.
     *
     * @param algorithms accepted algorithms: {@code sha256}, {@code sha384}, {@code sha512}; none for any
     * @return the rule
     * @throws IllegalArgumentException if there is no such algorithm
     */
    public static Rule digestRequired(String... algorithms) {
        return new DigestRequired(new LinkedHashSet<>(List.of(algorithms)));
    }

    /**
     * Requires that the image matches one of the patterns.
     *
     * @param patterns patterns of images
     * @return the rule
     */
    public static Rule allow(PatternSet patterns) {
        return new PatternAllowed(patterns);
    }

    /**
     * Requires that the image matches one of the patterns.
     *
     * @param patterns patterns of images, such as {@code ghcr.io/acme/**}
     * @return the rule
     * @throws ReferenceSyntaxException if a text is not a pattern
     */
    public static Rule allow(String... patterns) {
        return allow(PatternSet.of(patterns));
    }

    /**
     * Requires that the image matches none of the patterns.
     *
     * @param patterns patterns of images
     * @return the rule
     */
    public static Rule deny(PatternSet patterns) {
        return new PatternDenied(patterns);
    }

    /**
     * Requires that the image matches none of the patterns.
     *
     * @param patterns patterns of images, such as {@code docker.io/**}
     * @return the rule
     * @throws ReferenceSyntaxException if a text is not a pattern
     */
    public static Rule deny(String... patterns) {
        return deny(PatternSet.of(patterns));
    }

    /**
     * Requires that the registry has the image. Like all rules on content below, it needs a
     * {@link io.imagegate.fact.FactSource}; without one, no image satisfies it.
     *
     * @return the rule
     */
    public static Rule exists() {
        return new ImageExists();
    }

    /**
     * Requires that the image was created at most this long ago, as it says itself; if it is an index, each image in it. An
     * image without a date violates this, and so do dates before 2000, which reproducible builds write, and dates more than
     * 5 minutes in the future.
     *
     * @param maxAge the greatest age
     * @return the rule
     * @throws IllegalArgumentException if the age is not positive
     */
    public static Rule maxAge(Duration maxAge) {
        return new MaxAge(maxAge);
    }

    /**
     * Requires that the image has at most this size, compressed as it is pulled; if it is an index, each image in it.
     *
     * @param bytes the greatest size
     * @return the rule
     * @throws IllegalArgumentException if the size is not positive
     */
    public static Rule maxSize(long bytes) {
        return new MaxSize(bytes);
    }

    /**
     * Requires an image for each of these platforms. Images for other platforms are allowed, too. A variant that is the default of its
     * architecture may be left out: {@code linux/arm64} is {@code linux/arm64/v8}.
     *
     * @param platforms at least one platform, such as {@code linux/amd64} or {@code linux/arm/v6}
     * @return the rule
     * @throws IllegalArgumentException if there is none, or one is not a platform
     */
    public static Rule platforms(String... platforms) {
        return new PlatformsPresent(List.of(platforms));
    }

    /**
     * Requires that the configuration of the image has these labels; if it is an index, that of each image in it.
     *
     * @param globs for the key of each label, a glob that matches its value; at least one
     * @return the rule
     * @throws IllegalArgumentException if there is none, or a glob is empty
     */
    public static Rule labels(Map<String, String> globs) {
        return TextsMatch.of(TextsMatch.Kind.LABEL, globs);
    }

    /**
     * Requires that the manifest of the image has these annotations; if it is an index, that of each image in it. Annotations of
     * the index itself do not count.
     *
     * @param globs for the key of each annotation, a glob that matches its value; at least one
     * @return the rule
     * @throws IllegalArgumentException if there is none, or a glob is empty
     */
    public static Rule annotations(Map<String, String> globs) {
        return TextsMatch.of(TextsMatch.Kind.ANNOTATION, globs);
    }

    /**
     * Denies images by the digest of their manifest or index, and of everything that the index lists, whatever tag or digest
     * the reference has.
     *
     * @param digests at least one SHA-256 digest
     * @return the rule
     * @throws IllegalArgumentException if there is none, or one is by another algorithm
     */
    public static Rule denyDigests(Set<Digest> digests) {
        return new ContentDenied(digests);
    }

    /**
     * Requires that every rule is satisfied or does not apply. The finding is that of the first violated rule, else of
     * the first {@linkplain Outcome#UNDECIDABLE undecidable} one. If no rule applies, this does not apply.
     *
     * @param rules the rules, at least one
     * @return the rule
     * @throws IllegalArgumentException if there are none
     */
    public static Rule allOf(Rule... rules) {
        return new AllOf(List.of(rules));
    }

    /**
     * Requires that at least one rule is satisfied; rules that do not apply do not count. If no rule applies, this does
     * not apply. If none is satisfied and one is {@linkplain Outcome#UNDECIDABLE undecidable}, this is undecidable.
     *
     * @param rules the rules, at least one
     * @return the rule
     * @throws IllegalArgumentException if there are none
     */
    public static Rule anyOf(Rule... rules) {
        return new AnyOf(List.of(rules));
    }

    /**
     * Requires that the rule is violated. If the rule does not apply or is {@linkplain Outcome#UNDECIDABLE
     * undecidable}, so is this.
     *
     * @param rule the rule
     * @return the rule
     */
    public static Rule not(Rule rule) {
        return new Not(rule);
    }

    /**
     * Requires that the rule is satisfied or the image has a digest.
     *
     * @param rule the rule
     * @return the rule
     */
    public static Rule unlessDigest(Rule rule) {
        return new UnlessDigest(rule);
    }

    /**
     * Applies the rule only to the images of a scope. It is {@linkplain Outcome#UNDECIDABLE undecidable} if it is
     * {@linkplain Coverage#UNKNOWN unknown} whether the image is in scope, because the review does not tell the namespace or
     * another property.
     *
     * @param scope the scope
     * @param rule the rule
     * @return the rule
     */
    public static Rule within(Scope scope, Rule rule) {
        return new Scoped(scope, rule);
    }

    /**
     * Applies the rule only to images in these namespaces.
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
