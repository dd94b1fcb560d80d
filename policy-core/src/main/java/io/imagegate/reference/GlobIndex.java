package io.imagegate.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values under globs, found by text. Globs without wildcards take one look-up together; the others are found by the literal
 * text they start with, or else end with, so that only those with the right start or end are tried.
 *
 * <p>Filled by one thread, then only read.
 */
final class GlobIndex<V> {

    private final Map<String, V> literals = new HashMap<>();
    /** Null while empty, as most are: a look-up in many patterns waits for memory more than for anything else. */
    private @Nullable AffixIndex<V> prefixes;

    private @Nullable AffixIndex<V> suffixes;

    /** {@return the value under a glob, made if there is none yet} */
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
     * @param visitor answers whether it wants more
     * @return whether the visitor wanted more all the time
     */
    boolean visit(String text, Predicate<? super V> visitor) {
        V literal = literals.get(text);
        return (literal == null || visitor.test(literal))
                && (prefixes == null || prefixes.visit(text, visitor))
                && (suffixes == null || suffixes.visit(text, visitor));
    }
}
