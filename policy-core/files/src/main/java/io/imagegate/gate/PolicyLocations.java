package io.imagegate.gate;

import io.imagegate.policy.ImageGate;
import io.imagegate.text.NamedLists;
import io.imagegate.text.SafeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Locations of policies and the names of these policies, as users write them in options and settings. */
final class PolicyLocations {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private PolicyLocations() {}

    /**
     * {@return locations by name, those without a name first, under the {@linkplain ImageGate#DEFAULT_NAME default name}}
     *
     * @param lists as {@link NamedLists} describes them
     * @throws IllegalArgumentException if a name or a location is missing or of another form
     */
    static Map<String, List<String>> parse(List<String> lists) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        NamedLists.parse(lists).forEach((name, locations) -> {
            if (locations.stream().anyMatch(location -> location.isEmpty() || location.startsWith("="))) {
                throw new IllegalArgumentException(
                        "policies " + SafeText.quote(String.join(" ", lists), 200)
                                + ": expected a file, a folder or a built-in policy on both sides of \",\", and behind \"NAME=\"");
            }
            named.put(name.isEmpty() ? ImageGate.DEFAULT_NAME : requireName(name), locations);
        });
        return named;
    }

    static String requireName(String name) {
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
