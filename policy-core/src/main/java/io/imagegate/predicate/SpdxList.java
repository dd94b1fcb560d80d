package io.imagegate.predicate;

import io.imagegate.text.ResourceLines;
import io.imagegate.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifiers of the SPDX License List. The resource {@code spdx-licenses.txt} has them with their source. Letter case does not
 * count. Thread-safe.
 */
final class SpdxList {

    private static final String EXCEPTION = "WITH ";
    private static final String REPLACED = " = ";

    /** A version has a dot, so that years in names, such as in {@code HP-1989}, are none. */
    private static final Pattern VERSIONED =
            Pattern.compile("(.+)-(\\d++(?:\\.\\d++)++[a-z]?+)((?:-(?:no-)?invariants)?(?:-only)?)");

    private static final SpdxList LIST = new SpdxList();

    private final Map<String, String> licenses = new LinkedHashMap<>();
    private final Map<String, String> exceptions = new LinkedHashMap<>();
    private final Map<String, String> successors = new HashMap<>();
    private final Map<String, List<String>> families = new HashMap<>();

    private SpdxList() {
        for (String line : ResourceLines.read(SpdxList.class.getResourceAsStream("spdx-licenses.txt"))) {
            String[] parts = line.split(REPLACED, 2);
            boolean exception = line.startsWith(EXCEPTION);
            String id = exception ? parts[0].substring(EXCEPTION.length()) : parts[0];
            String meaning = parts[parts.length - 1];
            if (exception) {
                exceptions.put(lower(id), parts.length == 1 ? id : meaning);
            } else if (parts.length == 1) {
                licenses.put(lower(id), id);
                family(id)
                        .ifPresent(name -> families.computeIfAbsent(name, unused -> new ArrayList<>())
                                .add(id));
            } else {
                successors.put(lower(id), meaning);
            }
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Optional<String> family(String id) {
        Matcher versioned = VERSIONED.matcher(id);
        return versioned.matches() ? Optional.of(versioned.group(1) + versioned.group(3)) : Optional.empty();
    }

    private static int[] version(String id) {
        Matcher versioned = VERSIONED.matcher(id);
        if (!versioned.matches()) {
            throw new IllegalArgumentException(id);
        }
        // A letter comes after the numbers: 1.3a, 1.3c.
        String text = versioned.group(2).replaceFirst("([a-z])$", ".$1");
        return Arrays.stream(text.split("\\.", -1))
                .mapToInt(part -> Character.isDigit(part.charAt(0)) ? Integer.parseInt(part) : part.charAt(0))
                .toArray();
    }

    /** {@return a license that is not deprecated, as the list writes it} */
    static Optional<String> license(String text) {
        return Optional.ofNullable(LIST.licenses.get(lower(text)));
    }

    /** {@return an exception as the list writes it, or the one that replaces it} */
    static Optional<String> exception(String text) {
        return Optional.ofNullable(LIST.exceptions.get(lower(text)));
    }

    /** {@return what replaces a deprecated license; {@code ?} if nothing does} */
    static Optional<String> successor(String text) {
        return Optional.ofNullable(LIST.successors.get(lower(text)));
    }

    /**
     * {@return a license and its later versions}
     *
     * @param id as the list writes it
     */
    static List<String> from(String id) {
        Optional<String> family = family(id);
        if (family.isEmpty()) {
            return List.of(id);
        }
        int[] first = version(id);
        return LIST.families.getOrDefault(family.get(), List.of(id)).stream()
                .filter(other -> Arrays.compare(version(other), first) >= 0)
                .toList();
    }

    /** {@return the license or exception that was probably meant; empty if none is similar} */
    static String meant(String text, boolean exception) {
        return Suggestion.oneOf(text, exception ? LIST.exceptions.values() : LIST.licenses.values())
                .meant();
    }
}
