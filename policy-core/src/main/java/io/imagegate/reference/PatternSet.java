package io.imagegate.reference;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many patterns, matched at once.
 *
 * <p>Answers exactly what asking each pattern would, but follows an index over registry, path segments, tag and digest that
 * is built once: what an image costs depends on its own length and on how many patterns resemble it, not on how many there
 * are. Even patterns chosen to be slow cost at most the segments of the path times the length of all patterns.
 *
 * <p>Keeps the patterns in the order they were given. Immutable and safe between threads.
 *
 * @since 0.1
 */
public final class PatternSet {

    private final List<ImagePattern> patterns;
    private final PathNode everyRegistry = new PathNode();
    private final Map<String, PathNode> registries = new HashMap<>();
    private final Map<String, PathNode> domains = new HashMap<>();
    private final int longestDomain;

    private PatternSet(List<ImagePattern> patterns) {
        this.patterns = patterns;
        for (int i = 0; i < patterns.size(); i++) {
            add(i, patterns.get(i));
        }
        this.longestDomain =
                domains.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Builds the index over some patterns.
     *
     * @param patterns the patterns; their order is the order of answers
     * @return the set, which matches nothing if there are none
     */
    public static PatternSet of(Collection<ImagePattern> patterns) {
        return new PatternSet(List.copyOf(patterns));
    }

    private void add(int number, ImagePattern pattern) {
        HostPattern host = pattern.host();
        switch (host.scope()) {
            case EVERY -> everyRegistry.add(number, pattern);
            case NAMED -> add(registries, host.name(), number, pattern);
            case BELOW -> {
                add(domains, host.name(), number, pattern);
                if (host.isAboveDockerHub()) {
                    add(registries, RegistryName.DOCKER_HUB, number, pattern);
                }
            }
        }
    }

    private static void add(Map<String, PathNode> roots, String name, int number, ImagePattern pattern) {
        roots.computeIfAbsent(name, key -> new PathNode()).add(number, pattern);
    }

    /**
     * Matches an image.
     *
     * @param reference the image
     * @return whether any pattern matches it
     */
    public boolean matches(ImageReference reference) {
        return !visit(reference, number -> false);
    }

    /**
     * Finds the first pattern that matches an image.
     *
     * @param reference the image
     * @return the pattern that was given before all others that match, or empty if none matches
     */
    public Optional<ImagePattern> first(ImageReference reference) {
        return matchingNumbers(reference).limit(1).mapToObj(patterns::get).findFirst();
    }

    /**
     * Finds all patterns that match an image.
     *
     * @param reference the image
     * @return the patterns, in the order they were given
     */
    public List<ImagePattern> matching(ImageReference reference) {
        return matchingNumbers(reference).mapToObj(patterns::get).toList();
    }

    /**
     * Tells whether a pattern is among these, written alike.
     *
     * @param pattern the pattern
     * @return whether it is
     */
    public boolean contains(ImagePattern pattern) {
        return patterns.contains(pattern);
    }

    /** {@return how many patterns there are, repeated ones counted as often as they were given} */
    public int size() {
        return patterns.size();
    }

    private IntStream matchingNumbers(ImageReference reference) {
        BitSet numbers = new BitSet();
        visit(reference, number -> {
            numbers.set(number);
            return true;
        });
        return numbers.stream();
    }

    /** Visits the numbers of matching patterns, some perhaps twice; {@return whether the visitor wanted more all the time} */
    private boolean visit(ImageReference reference, IntPredicate visitor) {
        if (!reference.hasRegistry()) {
            return true;
        }
        ImageKey key = reference.key();
        return visit(registries.get(key.registry()), key, visitor)
                && visit(everyRegistry, key, visitor)
                && visitDomains(key, visitor);
    }

    private boolean visitDomains(ImageKey key, IntPredicate visitor) {
        String registry = key.registry();
        // Nothing longer than the longest domain is looked up, so a host of a million labels costs no more than
        // another.
        int dot = registry.indexOf('.', Math.max(0, registry.length() - longestDomain));
        while (dot >= 0) {
            if (!visit(domains.get(registry.substring(dot)), key, visitor)) {
                return false;
            }
            dot = registry.indexOf('.', dot + 1);
        }
        return true;
    }

    private static boolean visit(@Nullable PathNode root, ImageKey key, IntPredicate visitor) {
        return root == null || new PathSearch(key, visitor).visit(root);
    }

    /** {@return the patterns, in the order they were given} */
    @Override
    public String toString() {
        return patterns.toString();
    }
}
