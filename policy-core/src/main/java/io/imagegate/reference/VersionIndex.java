package io.imagegate.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Index of the patterns of one repository path by digest and tag. Patterns with a complete digest are indexed by it,
 * others by their tag. Only patterns with neither are tried one by one.
 */
final class VersionIndex {

    private record Entry(int number, ImagePattern pattern) {}

    private final Map<String, List<Entry>> byDigest = new HashMap<>();
    private final GlobIndex<List<Entry>> byTag = new GlobIndex<>();
    private final List<Entry> others = new ArrayList<>();

    void add(int number, ImagePattern pattern) {
        bucket(pattern).add(new Entry(number, pattern));
    }

    private List<Entry> bucket(ImagePattern pattern) {
        Glob digest = pattern.digest();
        if (digest != null && digest.isLiteral()) {
            return byDigest.computeIfAbsent(digest.toString(), key -> new ArrayList<>());
        }
        Glob tag = pattern.tag();
        return tag == null ? others : byTag.get(tag, ArrayList::new);
    }

    /** Visits the numbers of the matching patterns; {@return false if the visitor stopped} */
    boolean visit(ImageKey key, IntPredicate visitor) {
        String tag = key.tag();
        String digest = key.digest();
        return visitMatching(others, key, visitor)
                && (digest == null || visitMatching(byDigest.getOrDefault(digest, List.of()), key, visitor))
                && (tag == null || byTag.visit(tag, entries -> visitMatching(entries, key, visitor)));
    }

    private static boolean visitMatching(List<Entry> entries, ImageKey key, IntPredicate visitor) {
        for (Entry entry : entries) {
            if (entry.pattern().matchesVersion(key) && !visitor.test(entry.number())) {
                return false;
            }
        }
        return true;
    }
}
