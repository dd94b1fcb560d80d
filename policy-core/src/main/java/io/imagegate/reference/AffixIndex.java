package io.imagegate.reference;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Index of globs by their literal prefix or suffix. Takes one look-up for each length of these texts. */
final class AffixIndex<V> {

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

    boolean visit(String text, Predicate<? super V> visitor) {
        int longest = text.length();
        for (int length = lengths.nextSetBit(0); length >= 0 && length <= longest; ) {
            String affix = atEnd ? text.substring(longest - length) : text.substring(0, length);
            if (!visitMatching(globs.getOrDefault(affix, Map.of()), text, visitor)) {
                return false;
            }
            length = lengths.nextSetBit(length + 1);
        }
        return true;
    }

    private static <V> boolean visitMatching(Map<Glob, V> globs, String text, Predicate<? super V> visitor) {
        for (Map.Entry<Glob, V> entry : globs.entrySet()) {
            if (entry.getKey().matches(text) && !visitor.test(entry.getValue())) {
                return false;
            }
        }
        return true;
    }
}
