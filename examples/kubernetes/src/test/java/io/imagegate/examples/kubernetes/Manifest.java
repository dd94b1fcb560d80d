package io.imagegate.examples.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One YAML document.
 *
 * @param source the file or the overlay it comes from
 * @param tree what it says
 */
record Manifest(String source, Map<String, ?> tree) {

    String apiVersion() {
        return text("apiVersion");
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata", "name");
    }

    /** What stands at a path; a name enters a map and a number a list. Null when there is nothing. */
    @Nullable
    Object find(Object... path) {
        Object here = tree;
        for (Object step : path) {
            if (here instanceof Map<?, ?> map) {
                here = map.get(step);
            } else if (here instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                here = list.get(index);
            } else {
                return null;
            }
        }
        return here;
    }

    Object get(Object... path) {
        return Objects.requireNonNull(find(path), () -> this + " has no " + List.of(path));
    }

    String text(Object... path) {
        return String.valueOf(get(path));
    }

    int number(Object... path) {
        return ((Number) get(path)).intValue();
    }

    /** The documents in a list, each a manifest of its own for {@link #get}. */
    List<Manifest> each(Object... path) {
        return ((List<?>) get(path))
                .stream().map(part -> part(this + " " + List.of(path), part)).toList();
    }

    List<String> texts(Object... path) {
        return ((List<?>) get(path)).stream().map(String::valueOf).toList();
    }

    Map<String, String> labels(Object... path) {
        Map<String, String> labels = new TreeMap<>();
        ((Map<?, ?>) get(path)).forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        return labels;
    }

    /** The specification of its pods, when it has any. */
    Stream<Manifest> podSpec() {
        Object spec = switch (kind()) {
            case "Pod" -> find("spec");
            case "CronJob" -> find("spec", "jobTemplate", "spec", "template", "spec");
            default -> find("spec", "template", "spec");
        };
        return Stream.ofNullable(spec).filter(Map.class::isInstance).map(found -> part(this + " pod", found));
    }

    @SuppressWarnings("unchecked")
    private static Manifest part(String source, Object tree) {
        return new Manifest(source, (Map<String, ?>) tree);
    }

    @Override
    public String toString() {
        return source + ": " + find("kind") + " " + find("metadata", "name");
    }
}
