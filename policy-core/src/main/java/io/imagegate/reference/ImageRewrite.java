package io.imagegate.reference;

import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rule that gives images another registry or path, such as those of a mirror. Immutable and thread-safe.
 *
 * <pre>{@code
 * ImageRewrite mirror = ImageRewrite.of("docker.io/**", "mirror.internal/hub/**");
 * mirror.apply(ImageReference.parse("nginx:1.27"));   // mirror.internal/hub/library/nginx:1.27
 * }</pre>
 *
 * <p>The new name takes what each {@code *} and {@code **} of the old one matched, in order; each matches as little as
 * possible, the first one first. Tag and digest stay.
 *
 * @since 0.1
 */
public final class ImageRewrite {

    private static final int SHOWN = 100;

    private final ImagePattern from;
    private final ImagePattern to;
    private final String registry;

    private ImageRewrite(ImagePattern from, ImagePattern to) {
        this.from = from;
        this.to = to;
        this.registry = PatternParser.registry(to);
    }

    /**
     * Makes a rewrite.
     *
     * @param from pattern of the images that get another name: one registry and a path, without {@code ?}, tag and digest
     * @param to pattern of their new names, with the same wildcards in the same order
     * @return the rewrite
     * @throws ReferenceSyntaxException if one is not a pattern
     * @throws IllegalArgumentException if one is a pattern that cannot be used here
     */
    public static ImageRewrite of(String from, String to) {
        ImagePattern before = ImagePattern.parse(from);
        ImagePattern after = ImagePattern.parse(to);
        check(before);
        check(after);
        if (!wildcards(before).equals(wildcards(after))) {
            throw problem(
                    after,
                    "expected the wildcards of " + SafeText.quote(from, SHOWN) + " in the same order, "
                            + (wildcards(before).isEmpty() ? "none" : String.join(" ", wildcards(before))));
        }
        if (endsDeep(after) && !endsDeep(before)) {
            throw problem(
                    after,
                    "'**' at the end needs one segment at least, expected it at the end of "
                            + SafeText.quote(from, SHOWN) + ", too");
        }
        if (after.host().equals(HostPattern.DOCKER_HUB) && fewestSegments(after) < 2) {
            // Of one segment on Docker Hub, library/ would be implied.
            throw problem(after, "expected two segments at least after Docker Hub");
        }
        return new ImageRewrite(before, after);
    }

    private static void check(ImagePattern pattern) {
        if (!pattern.host().isOne()) {
            throw problem(pattern, "expected one registry at the start of a rewrite");
        }
        if (pattern.tag() != null || pattern.digest() != null) {
            throw problem(pattern, "expected neither tag nor digest, which a rewrite keeps");
        }
        if (pattern.isPerNamespace()) {
            throw problem(pattern, "expected no {namespace}: an image has one name, whatever namespace it is used in");
        }
        if (pattern.toString().indexOf('?') >= 0) {
            throw problem(pattern, "expected '*' and '**' as the only wildcards");
        }
    }

    private static IllegalArgumentException problem(ImagePattern pattern, String expected) {
        return new IllegalArgumentException("pattern " + SafeText.quote(pattern.toString(), SHOWN) + ": " + expected);
    }

    private static List<String> wildcards(ImagePattern pattern) {
        List<String> wildcards = new ArrayList<>();
        for (Glob segment : pattern.path().segments()) {
            if (PathPattern.isDeep(segment)) {
                wildcards.add("**");
            } else {
                segment.toString().chars().filter(c -> c == '*').forEach(c -> wildcards.add("*"));
            }
        }
        return wildcards;
    }

    private static boolean endsDeep(ImagePattern pattern) {
        List<Glob> segments = pattern.path().segments();
        return PathPattern.isDeep(segments.get(segments.size() - 1));
    }

    private static long fewestSegments(ImagePattern pattern) {
        return PatternRelations.segments(pattern.path()).stream()
                .filter(segment -> !PathPattern.isDeep(segment))
                .count();
    }

    /** {@return the pattern of the images that get another name} */
    public ImagePattern from() {
        return from;
    }

    /** {@return the pattern of their new names} */
    public ImagePattern to() {
        return to;
    }

    /**
     * Rewrites an image.
     *
     * @param image the image
     * @return its new name, which is not a valid reference if it is too long, or if a {@code *} inside a segment matched
     *     text that cannot be there; empty if the image does not match
     */
    public Optional<String> apply(ImageReference image) {
        if (!from.matches(image)) {
            return Optional.empty();
        }
        List<List<String>> captured = RewriteCapture.of(from, image.key().path());
        String path = String.join("/", RewriteCapture.fill(to, captured));
        return Optional.of(registry + "/" + path
                + image.tag().map(tag -> ":" + tag).orElse("")
                + image.digest().map(digest -> "@" + digest).orElse(""));
    }

    /**
     * Finds what a list lacks so that one of its patterns still matches the images that it matched before the rewrite.
     *
     * @param pattern a pattern of the list
     * @param list the list
     * @return a pattern of new names that no pattern of the list {@linkplain ImagePattern#covers covers}; empty if there is
     *     none, so that the list matches the new name of every image whose old name the pattern matches. If no image can have
     *     any of the new names, one of them, which is not a pattern
     */
    public Optional<String> missing(ImagePattern pattern, PatternSet list) {
        if (!pattern.overlaps(from)) {
            return Optional.empty();
        }
        return RewrittenPatterns.of(this, pattern).missing(list);
    }

    String registry() {
        return registry;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageRewrite that && from.equals(that.from) && to.equals(that.to);
    }

    @Override
    public int hashCode() {
        return 31 * from.hashCode() + to.hashCode();
    }

    /** {@return both patterns} */
    @Override
    public String toString() {
        return from + " to " + to;
    }
}
