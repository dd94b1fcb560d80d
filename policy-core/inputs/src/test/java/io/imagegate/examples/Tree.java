package io.imagegate.examples;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A mapping of an example, with only known keys. */
record Tree(Map<?, ?> values, Set<String> keys) {

    Tree {
        if (!keys.containsAll(values.keySet())) {
            throw new IllegalArgumentException(values.keySet() + ", expected only " + keys);
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("no " + key + " in " + values));
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).map(String.class::cast);
    }

    Map<String, String> texts(String key) {
        return map(key).entrySet().stream()
                .collect(Collectors.toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
    }

    Map<?, ?> map(String key) {
        return (Map<?, ?>) Optional.<Object>ofNullable(values.get(key)).orElse(Map.of());
    }

    /** {@return a list; a value that is none is its only element} */
    List<?> list(String key) {
        Object value = values.get(key);
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }
}
