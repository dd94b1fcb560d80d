package io.imagegate.reference;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Map from globs to values, searched by text. Globs without wildcards take one look-up in total. The others are indexed
 * by their literal prefix or suffix, so only those with a matching prefix or suffix are tried.
 *
 * <p>One thread fills it; after that it is only read.
 */
final class GlobIndex<V> {

    private final Map<String, V> literals = new HashMap<>();
    /** Null while empty, as most are: memory access dominates the time of a look-up in many patterns. */
    private @Nullable AffixIndex<V> prefixes;

    private @Nullable AffixIndex<V> suffixes;

    /** {@return the value of a glob, made if there is none yet} */
    V get(Glob glob, Supplier<V> maker) {
        if (glob.isLiteral()) {
            return literals.computeIfAbsent(glob.toString(), text -> maker.get());
        }
        boolean bySuffix = glob.prefix().isEmpty() && !glob.suffix().isEmpty();
        return bySuffix
                ? suffixes().get(glob.suffix(), glob, maker)
                : prefixes().get(glob.prefix(), glob, maker);
    }

    private AffixIndex<V> prefixes() {
        if (prefixes == null) {
            prefixes = new AffixIndex<>(false);
        }
        return prefixes;
    }

    private AffixIndex<V> suffixes() {
        if (suffixes == null) {
            suffixes = new AffixIndex<>(true);
        }
        return suffixes;
    }

    /**
     * Visits the values of all globs that match a text.
     *
     * @param visitor returns false to stop
     * @return false if the visitor stopped
     */
    boolean visit(String text, Predicate<? super V> visitor) {
        return visit(text, NamespacePlaceholder.NOTHING, visitor);
    }

    /**
     * Visits the values of all globs that match a text.
     *
     * @param inserted what stands for the placeholder of the namespace
     * @param visitor returns false to stop
     * @return false if the visitor stopped
     */
    boolean visit(String text, String inserted, Predicate<? super V> visitor) {
        V literal = literals.get(text);
        return (literal == null || visitor.test(literal))
                && (prefixes == null || prefixes.visit(text, inserted, visitor))
                && (suffixes == null || suffixes.visit(text, inserted, visitor));
    }

    /** Index of globs by their literal prefix or suffix. Takes one look-up for each length of these texts. */
    private static final class AffixIndex<V> {

        private final boolean atEnd;
        private final Map<String, Map<Glob, V>> globs = new HashMap<>();
        private final BitSet lengths = new BitSet();

        AffixIndex(boolean atEnd) {
            this.atEnd = atEnd;
        }

        V get(String affix, Glob glob, Supplier<V> maker) {
            lengths.set(affix.length());
            return globs.computeIfAbsent(affix, key -> new LinkedHashMap<>()).computeIfAbsent(glob, key -> maker.get());
        }

        boolean visit(String text, String inserted, Predicate<? super V> visitor) {
            int longest = text.length();
            for (int length = lengths.nextSetBit(0); length >= 0 && length <= longest; ) {
                String affix = atEnd ? text.substring(longest - length) : text.substring(0, length);
                if (!visitMatching(globs.getOrDefault(affix, Map.of()), text, inserted, visitor)) {
                    return false;
                }
                length = lengths.nextSetBit(length + 1);
            }
            return true;
        }

        private static <V> boolean visitMatching(
                Map<Glob, V> globs, String text, String inserted, Predicate<? super V> visitor) {
            for (Map.Entry<Glob, V> entry : globs.entrySet()) {
                if (entry.getKey().matches(text, inserted) && !visitor.test(entry.getValue())) {
                    return false;
                }
            }
            return true;
        }
    }
}
