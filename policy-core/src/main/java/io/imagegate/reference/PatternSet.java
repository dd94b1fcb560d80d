package io.imagegate.reference;

import io.imagegate.text.Names;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Set of image patterns that are matched together.
 *
 * <pre>{@code
 * PatternSet trusted = PatternSet.of("ghcr.io/acme/**", "docker.io/library/*");
 * trusted.matches(ImageReference.parse("nginx"));           // true
 * trusted.matches(ImageReference.parse("evil.io/nginx"));   // false
 * trusted.first(ImageReference.parse("ghcr.io/acme/api"));  // ghcr.io/acme/**
 * }</pre>
 *
 * <p>The result is the same as matching each pattern separately, but a look-up uses an index over registry, path
 * segments, tag and digest. Its time depends on the length of the image's name and on the number of similar patterns,
 * not on the number of all patterns. In the worst case it is the number of path segments times the length of all
 * patterns.
 *
 * <p>Keeps the order of the patterns. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PatternSet {

    private final List<ImagePattern> patterns;
    private final PathNode everyRegistry;
    private final Map<String, PathNode> registries;
    private final Map<String, PathNode> domains;
    /** Patterns of one host with any port, and of networks. */
    private final Map<String, PathNode> ranges;

    private final int longestDomain;
    private final boolean anyPort;
    private final boolean perNamespace;
    private final String inserted;

    private PatternSet(List<ImagePattern> patterns) {
        this.patterns = patterns;
        this.everyRegistry = new PathNode();
        this.registries = new HashMap<>();
        this.domains = new HashMap<>();
        this.ranges = new HashMap<>();
        for (int i = 0; i < patterns.size(); i++) {
            add(i, patterns.get(i));
        }
        this.anyPort = patterns.stream()
                .map(ImagePattern::host)
                .anyMatch(host -> host.scope() != HostPattern.Scope.EVERY
                        && (host.scope() == HostPattern.Scope.NETWORK
                                || host.port().equals(HostPattern.ANY_PORT)));
        this.longestDomain =
                domains.keySet().stream().mapToInt(String::length).max().orElse(0);
        this.perNamespace = patterns.stream().anyMatch(ImagePattern::isPerNamespace);
        this.inserted = NamespacePlaceholder.NOTHING;
    }

    /** Shares the index of a set. */
    private PatternSet(PatternSet of, String inserted) {
        this.patterns = of.patterns;
        this.everyRegistry = of.everyRegistry;
        this.registries = of.registries;
        this.domains = of.domains;
        this.ranges = of.ranges;
        this.longestDomain = of.longestDomain;
        this.anyPort = of.anyPort;
        this.perNamespace = of.perNamespace;
        this.inserted = inserted;
    }

    /**
     * Makes a set of patterns.
     *
     * @param patterns the patterns; matches are returned in their order
     * @return the set, which matches nothing if there are none
     */
    public static PatternSet of(Collection<ImagePattern> patterns) {
        return new PatternSet(List.copyOf(patterns));
    }

    /**
     * Parses patterns and builds the index over them.
     *
     * @param patterns the patterns, such as {@code ghcr.io/acme/**}
     * @return the set, which matches nothing if there are none
     * @throws ReferenceSyntaxException if a text is not a pattern
     */
    public static PatternSet of(String... patterns) {
        return new PatternSet(Stream.of(patterns).map(ImagePattern::parse).toList());
    }

    private void add(int number, ImagePattern pattern) {
        HostPattern host = pattern.host();
        switch (host.scope()) {
            case EVERY -> everyRegistry.add(number, pattern, pattern.path());
            case NAMED -> add(host.isOne() ? registries : ranges, host.name(), number, pattern, pattern.path());
            case NETWORK -> add(ranges, host.name(), number, pattern, pattern.path());
            case BELOW -> {
                add(domains, host.name(), number, pattern, pattern.path());
                if (host.isAboveDockerHub()) {
                    add(registries, RegistryName.DOCKER_HUB, number, pattern, pattern.dockerHubPath());
                }
            }
        }
    }

    private static void add(
            Map<String, PathNode> roots, String name, int number, ImagePattern pattern, PathPattern path) {
        roots.computeIfAbsent(name, key -> new PathNode()).add(number, pattern, path);
    }

    /** {@return whether a pattern has the placeholder {@code {namespace}}, which matches nothing until a namespace is inserted} */
    public boolean isPerNamespace() {
        return perNamespace;
    }

    /**
     * Inserts a namespace into patterns with {@code {namespace}}.
     *
     * @param namespace the namespace of a review
     * @return the set, which shares the index with this one; empty if the text is no lower-case label of RFC 1123, as a
     *     namespace is: it is never inserted then
     */
    public Optional<PatternSet> inNamespace(String namespace) {
        return Names.isLabel(namespace) ? Optional.of(inserting(namespace)) : Optional.empty();
    }

    /** {@return a set that matches an image if this one does in some namespace; it shares the index with this one} */
    public PatternSet inAnyNamespace() {
        return inserting(NamespacePlaceholder.ANY);
    }

    private PatternSet inserting(String text) {
        return perNamespace ? new PatternSet(this, text) : this;
    }

    private ImageKey key(ImageReference reference) {
        return reference.key().inserting(inserted);
    }

    /**
     * Tests whether a pattern matches an image.
     *
     * @param reference the image
     * @return whether any pattern matches it
     */
    public boolean matches(ImageReference reference) {
        return reference.hasRegistry() && !visit(key(reference), number -> false);
    }

    /**
     * Finds the first pattern that matches an image once it has a digest, whichever that is.
     *
     * @param reference the image, without a digest
     * @return the first matching pattern, or empty if none matches
     */
    public Optional<ImagePattern> firstPinned(ImageReference reference) {
        return reference.hasRegistry() ? first(key(reference).pinned()) : Optional.empty();
    }

    /**
     * Finds the first pattern that matches an image.
     *
     * @param reference the image
     * @return the first matching pattern, or empty if none matches
     */
    public Optional<ImagePattern> first(ImageReference reference) {
        return reference.hasRegistry() ? first(key(reference)) : Optional.empty();
    }

    /**
     * Finds the pattern that nearly matches an image, for people who misspelled its name. Of the first 100 patterns it is the one that
     * differs in the fewest characters, eight at most and about a third of those that are written and no wildcard; of several the first.
     *
     * @param reference the image, which no pattern matches
     * @return the pattern, or empty if all differ more, or are longer than 100 characters
     */
    public Optional<ImagePattern> nearest(ImageReference reference) {
        return NearestPattern.find(patterns, reference);
    }

    private Optional<ImagePattern> first(ImageKey key) {
        return matchingNumbers(key).limit(1).mapToObj(patterns::get).findFirst();
    }

    /**
     * Finds all patterns that match an image.
     *
     * @param reference the image
     * @return the matching patterns in order
     */
    public List<ImagePattern> matching(ImageReference reference) {
        return reference.hasRegistry()
                ? matchingNumbers(key(reference)).mapToObj(patterns::get).toList()
                : List.of();
    }

    /**
     * Tests whether the set contains a pattern with the same text.
     *
     * @param pattern the pattern
     * @return whether it does
     */
    public boolean contains(ImagePattern pattern) {
        return patterns.contains(pattern);
    }

    /**
     * Tests whether one of the patterns matches every image that another pattern matches, in every namespace.
     *
     * @param other the other pattern
     * @return true only if one does
     */
    public boolean covers(ImagePattern other) {
        PatternRelations.checkInterrupted();
        // Such a pattern also matches any image that the other one matches, which the index finds.
        PatternSet sampled = inserting(ImagePattern.SAMPLE);
        return other.sample().map(sampled::matching).orElse(patterns).stream()
                .anyMatch(pattern -> pattern.covers(other));
    }

    /** {@return the patterns in order; unmodifiable} */
    public List<ImagePattern> patterns() {
        return patterns;
    }

    /** {@return the number of patterns; repeated ones are all counted} */
    public int size() {
        return patterns.size();
    }

    private IntStream matchingNumbers(ImageKey key) {
        BitSet numbers = new BitSet();
        visit(key, number -> {
            numbers.set(number);
            return true;
        });
        return numbers.stream();
    }

    /** Visits the numbers of matching patterns, some possibly twice; {@return false if the visitor stopped} */
    private boolean visit(ImageKey key, IntPredicate visitor) {
        return visit(registries.get(key.registry()), key, visitor)
                && visit(everyRegistry, key, visitor)
                && visitDomains(key.registry(), key, visitor)
                && (!anyPort || visitRanges(key, visitor));
    }

    private boolean visitDomains(String registry, ImageKey key, IntPredicate visitor) {
        // Only suffixes up to the longest domain are looked up, so a host with a million labels costs no more than
        // others.
        int dot = registry.indexOf('.', Math.max(0, registry.length() - longestDomain));
        while (dot >= 0) {
            if (!visit(domains.get(registry.substring(dot)), key, visitor)) {
                return false;
            }
            dot = registry.indexOf('.', dot + 1);
        }
        return true;
    }

    private boolean visitRanges(ImageKey key, IntPredicate visitor) {
        String host = RegistryName.host(key.registry());
        String registry = RegistryName.of(host, HostPattern.ANY_PORT);
        return visit(ranges.get(registry), key, visitor)
                && visitDomains(registry, key, visitor)
                && (!RegistryName.isNumeric(host) || visitNetworks(host, key, visitor));
    }

    private boolean visitNetworks(String address, ImageKey key, IntPredicate visitor) {
        int dot = address.indexOf('.');
        for (int numbers = 1; numbers < 4 && dot >= 0; numbers++) {
            String network = address.substring(0, dot + 1);
            String port = RegistryName.port(key.registry());
            if (!visit(ranges.get(RegistryName.of(network, port)), key, visitor)
                    || !visit(ranges.get(RegistryName.of(network, HostPattern.ANY_PORT)), key, visitor)) {
                return false;
            }
            dot = address.indexOf('.', dot + 1);
        }
        return true;
    }

    private static boolean visit(@Nullable PathNode root, ImageKey key, IntPredicate visitor) {
        return root == null || new PathSearch(key, visitor).visit(root);
    }

    /** {@return the patterns in order} */
    @Override
    public String toString() {
        return patterns.toString();
    }
}
