package io.imagegate.reference;

import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pattern that matches images by the parts of their names: {@code [registry/]repository[:tag][@digest]}.
 *
 * <p>Each part is compared as a whole, never raw text: {@code registry.example/team/**} does not match
 * {@code registry.example/team-evil/x}, and {@code gcr.io/**} matches neither {@code gcr.io.evil.example/x} nor
 * {@code evil.example/gcr.io/x}.
 *
 * <table class="striped">
 * <caption>Syntax of a pattern</caption>
 * <tr><th scope="col">written</th><th scope="col">matches</th></tr>
 * <tr><td>{@code *}</td><td>any characters or none within one path segment or within the tag</td></tr>
 * <tr><td>{@code ?}</td><td>one such character</td></tr>
 * <tr><td>{@code **}</td><td>as a whole path segment, any number of segments: at the end one or more
 *     ({@code quay.io/acme/**} is everything below {@code acme}), elsewhere none or more</td></tr>
 * <tr><td>{@code **} at the start</td><td>any registry and any path: {@code **} alone is every image, <code>**&#47;nginx</code>
 *     every image whose last segment is {@code nginx}</td></tr>
 * <tr><td>{@code {namespace}}</td><td>in the path, as a segment or a part of one: the namespace of the review, which a {@link
 *     PatternSet} {@linkplain PatternSet#inNamespace inserts}</td></tr>
 * <tr><td>{@code *.example.com/…}</td><td>any host below that domain, at any depth, with the port given or none; not the
 *     domain itself</td></tr>
 * <tr><td><code>127.*&#47;…</code></td><td>any IPv4 address that begins with these numbers, with the port given or none</td></tr>
 * <tr><td><code>localhost:*&#47;…</code></td><td>that host with any port, or none; also <code>*.example.com:*&#47;…</code> and
 *     <code>127.*:*&#47;…</code></td></tr>
 * <tr><td>no registry</td><td>Docker Hub, as in a reference: {@code alpine} is {@code docker.io/library/alpine},
 *     {@code acme/*} is {@code docker.io/acme/*}</td></tr>
 * <tr><td>no tag</td><td>any tag, or none</td></tr>
 * <tr><td>{@code :tag}</td><td>that tag, whether or not there is a digest; {@code :latest} also where {@code latest} is
 *     {@linkplain ImageReference#isLatest() implied}. A reference with only a digest has no tag</td></tr>
 * <tr><td>no digest</td><td>any digest, or none</td></tr>
 * <tr><td>{@code @digest}</td><td>that digest; {@code @*} any, {@code @sha256:*} any of that algorithm</td></tr>
 * </table>
 *
 * <p>Different names of one registry are equal: letter case does not count, port 443 is the default, the
 * spellings of an IPv6 address are one, an IPv4 address in IPv6 is that address, and {@code docker.io}, {@code index.docker.io}, {@code registry-1.docker.io} and {@code registry.hub.docker.com} are one
 * registry, in patterns and in images.
 *
 * <p>Ambiguous patterns are refused: {@code *} as the first segment (any registry or any Docker Hub namespace),
 * {@code docker.io/*} and {@code *.docker.io/*} (all of Docker Hub or {@code library/*}) and only a registry such as {@code gcr.io} (as a
 * reference it is an image of Docker Hub).
 *
 * <p>Immutable and thread-safe. Two patterns are equal if their texts are equal. A reference
 * {@linkplain ImageReference#hasRegistry() without a registry} matches no pattern, {@code **} included.
 *
 * <p>A tag beside a digest is only a label, because runtimes pull by the digest. The pattern {@code app:1.2} therefore
 * also matches {@code app:1.2@sha256:…} with any digest of that repository. If that matters, allow digests.
 *
 * @since 0.1
 */
public final class ImagePattern {

    /** A namespace, and what a wildcard stands for. */
    static final String SAMPLE = "0";

    private static final String SAMPLE_DIGEST = "sha256:" + "0".repeat(64);

    private final String text;
    private final HostPattern host;
    private final PathPattern path;
    private final @Nullable Glob tag;
    private final @Nullable Glob digest;

    ImagePattern(String text, HostPattern host, PathPattern path, @Nullable Glob tag, @Nullable Glob digest) {
        this.text = text;
        this.host = host;
        this.path = path;
        this.tag = tag;
        this.digest = digest;
    }

    /**
     * Parses a pattern.
     *
     * @param text the pattern, such as {@code ghcr.io/acme/**} or {@code docker.io/library/alpine:3.1?}
     * @return the pattern
     * @throws ReferenceSyntaxException if the text is not a pattern, is ambiguous, or can match nothing
     */
    public static ImagePattern parse(String text) {
        return new PatternParser(text).parse();
    }

    /**
     * {@return whether the pattern has the placeholder {@code {namespace}}} Such a pattern matches no image by itself; a {@link
     * PatternSet} inserts the namespace.
     */
    public boolean isPerNamespace() {
        return path.isPerNamespace();
    }

    /** {@return this pattern with a wildcard for the namespace; its text is only for messages} */
    ImagePattern inAnyNamespace() {
        return isPerNamespace()
                ? new ImagePattern(
                        text.replace(NamespacePlaceholder.TEXT, NamespacePlaceholder.ANY),
                        host,
                        new PathPattern(path.segments().stream()
                                .map(segment -> segment.inserting(NamespacePlaceholder.ANY))
                                .toList()),
                        tag,
                        digest)
                : this;
    }

    /**
     * Matches an image. {@link PatternSet} matches many patterns at once.
     *
     * @param reference the image
     * @return whether the pattern matches it
     */
    public boolean matches(ImageReference reference) {
        return reference.hasRegistry() && matches(reference.key());
    }

    /**
     * Tests whether an image can be matched by this pattern and by another. If the patterns have tags or digests, this can
     * be true although no image is.
     *
     * @param other the other pattern
     * @return false only if no image is matched by both
     */
    public boolean overlaps(ImagePattern other) {
        return PatternRelations.overlap(this, other);
    }

    /**
     * Tests whether an image can be matched by this pattern and by another, or could if a client reads the host of its registry as an
     * address: unlike {@link #overlaps}, this is true of {@code 127.*:5000/x} and {@code 2130706433:5000/x}.
     *
     * @param other the other pattern
     * @return false only if no image can
     */
    public boolean mayMeet(ImagePattern other) {
        return PatternRelations.mayMeet(this, other);
    }

    /**
     * Tests whether this pattern matches every image that another one matches.
     *
     * @param other the other pattern
     * @return true only if it does
     */
    public boolean covers(ImagePattern other) {
        return PatternRelations.covers(this, other);
    }

    /** {@return an image that this pattern matches in the namespace {@link #SAMPLE}; empty if it is hard to find} */
    Optional<ImageReference> sample() {
        String registry = host.isOne() ? PatternParser.registry(this) : host.sample();
        String image = registry + "/"
                + path.segments().stream().map(ImagePattern::literal).collect(Collectors.joining("/"))
                + (tag == null ? "" : ":" + literal(tag))
                + (digest == null ? "" : "@" + (digest.isLiteral() ? digest : SAMPLE_DIGEST));
        return ImageReference.tryParse(image)
                .filter(reference -> matches(reference.key().inserting(SAMPLE)));
    }

    private static String literal(Glob glob) {
        return glob.inserting(SAMPLE).toString().replaceAll("[*?]+", SAMPLE);
    }

    private boolean matches(ImageKey key) {
        return host.matches(key.registry())
                && pathAt(key.registry()).matches(key.path(), key.inserted())
                && matchesVersion(key);
    }

    private PathPattern pathAt(String registry) {
        return registry.equals(RegistryName.DOCKER_HUB) ? dockerHubPath() : path;
    }

    /** {@return the path of images of Docker Hub, where {@code library/} is implied before one segment} */
    PathPattern dockerHubPath() {
        return host.isAboveDockerHub() && path.isOneSegment() ? path.inLibrary() : path;
    }

    /** {@return whether tag and digest match} */
    boolean matchesVersion(ImageKey key) {
        return matches(tag, key.tag()) && matches(digest, key.digest());
    }

    private static boolean matches(@Nullable Glob glob, @Nullable String part) {
        return glob == null || (part != null && glob.matches(part));
    }

    HostPattern host() {
        return host;
    }

    PathPattern path() {
        return path;
    }

    @Nullable
    Glob tag() {
        return tag;
    }

    @Nullable
    Glob digest() {
        return digest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImagePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the pattern as written} */
    @Override
    public String toString() {
        return text;
    }
}
