package io.imagegate.gate;

import io.imagegate.policy.ImageGate;
import io.imagegate.text.NamedLists;
import io.imagegate.text.SafeText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Locations of policies by the names of these policies. Those without a name come first, under the
 * {@linkplain ImageGate#DEFAULT_NAME default name}. Immutable.
 */
final class PolicyLocations {

    static final PolicyLocations NONE = new PolicyLocations(Map.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Map<String, List<String>> byName;

    private PolicyLocations(Map<String, List<String>> byName) {
        this.byName = byName;
    }

    /**
     * {@return the locations of lists as users write them in options and settings}
     *
     * @param lists as {@link NamedLists} describes them
     * @throws IllegalArgumentException if there is no list, or a name or a location is missing or of another form
     */
    static PolicyLocations parse(List<String> lists) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        NamedLists.parse(requireSome(lists)).forEach((name, locations) -> {
            if (locations.stream().anyMatch(location -> location.isEmpty() || location.startsWith("="))) {
                throw new IllegalArgumentException(
                        "policies " + SafeText.quote(String.join(" ", lists), 200)
                                + ": expected a file, a folder or a built-in policy on both sides of \",\", and behind \"NAME=\"");
            }
            named.put(name.isEmpty() ? ImageGate.DEFAULT_NAME : requireName(name), locations);
        });
        return new PolicyLocations(named);
    }

    /** {@return a copy with other locations of policies without a name} */
    PolicyLocations withUnnamed(List<String> locations) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put(ImageGate.DEFAULT_NAME, requireSome(locations));
        byName.forEach(all::putIfAbsent);
        return new PolicyLocations(all);
    }

    /** {@return a copy without policies without a name} */
    PolicyLocations withoutUnnamed() {
        Map<String, List<String>> others = new LinkedHashMap<>(byName);
        others.remove(ImageGate.DEFAULT_NAME);
        return new PolicyLocations(others);
    }

    /** {@return a copy with other locations of policies with a name} */
    PolicyLocations withNamed(String name, List<String> locations) {
        Map<String, List<String>> all = new LinkedHashMap<>(byName);
        all.put(requireName(name), requireSome(locations));
        return new PolicyLocations(all);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    Map<String, List<String>> byName() {
        return Collections.unmodifiableMap(byName);
    }

    private static List<String> requireSome(List<String> locations) {
        if (locations.isEmpty()) {
            throw new IllegalArgumentException("policies: expected at least one location, got none");
        }
        return List.copyOf(locations);
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of policies " + SafeText.quote(name, 100)
                    + ": expected at most 63 of a-z, 0-9 and \"-\", a letter or digit at both ends; write \"./\" before a"
                    + " path that contains \"=\"");
        }
        if (name.equals(ImageGate.DEFAULT_NAME)) {
            throw new IllegalArgumentException(
                    "name of policies \"" + name + "\": policies without a name have this name; expected another");
        }
        return name;
    }
}
