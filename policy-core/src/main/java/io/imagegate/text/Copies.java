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
 *
 * @since 0.1
 */
public final class Copies {

    private Copies() {}

    /**
     * Copies a map.
     *
     * @param map the original, without nulls
     * @param <K> type of its keys
     * @param <V> type of its values
     * @return the copy
     */
    public static <K, V> Map<K, V> of(Map<? extends K, ? extends V> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        Map<K, V> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(Objects.requireNonNull(key), Objects.requireNonNull(value)));
        return Collections.unmodifiableMap(copy);
    }

    /**
     * Copies elements, each once.
     *
     * @param elements the original, without nulls
     * @param <E> type of the elements
     * @return the copy
     */
    public static <E> Set<E> of(Collection<? extends E> elements) {
        if (elements.isEmpty()) {
            return Set.of();
        }
        Set<E> copy = new LinkedHashSet<>();
        elements.forEach(element -> copy.add(Objects.requireNonNull(element)));
        return Collections.unmodifiableSet(copy);
    }
}
