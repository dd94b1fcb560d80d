package io.imagegate.text;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Unmodifiable copies, in the order of the original. Those of {@link Map#copyOf} and {@link Set#copyOf} take quadratic time
 * if many elements have one hash code, and texts that have are easy to make: a registry could occupy a processor for minutes.
 */
public final class Copies {

    private Copies() {}

    /** {@return a copy without nulls} */
    public static <K, V> Map<K, V> of(Map<? extends K, ? extends V> map) {
        Map<K, V> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(Objects.requireNonNull(key), Objects.requireNonNull(value)));
        return Collections.unmodifiableMap(copy);
    }

    /** {@return a copy without nulls and duplicates} */
    public static <E> Set<E> of(Collection<? extends E> elements) {
        Set<E> copy = new LinkedHashSet<>();
        elements.forEach(element -> copy.add(Objects.requireNonNull(element)));
        return Collections.unmodifiableSet(copy);
    }
}
