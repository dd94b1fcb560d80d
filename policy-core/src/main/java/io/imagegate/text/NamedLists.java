package io.imagegate.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of values with names, as users write them in options and settings: in {@code a,prod=b,c} the first value has no name, and
 * the others have the name {@code prod}. What stands before the first {@code =} of a value is its name, and that of all values
 * behind it in the list. If it is empty, contains {@code /} or {@code :}, or begins with {@code .}, it is part of a value.
 */
public final class NamedLists {

    private NamedLists() {}

    /**
     * {@return the values by name, without blanks around them; those without a name under an empty one, which comes first}
     *
     * @param lists lists with commas between their values
     */
    public static Map<String, List<String>> parse(Collection<String> lists) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        named.put("", new ArrayList<>());
        for (String list : lists) {
            String name = "";
            for (String text : list.split(",", -1)) {
                String element = text.strip();
                int end = endOfName(element);
                if (end >= 0) {
                    name = element.substring(0, end);
                }
                named.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(element.substring(end + 1).strip());
            }
        }
        if (named.get("").isEmpty()) {
            named.remove("");
        }
        return named;
    }

    private static int endOfName(String element) {
        int end = element.indexOf('=');
        String name = element.substring(0, Math.max(0, end));
        return name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf(':') >= 0 ? -1 : end;
    }

    /**
     * {@return one list with the same values and names as several}
     *
     * @param lists lists with commas between their values
     */
    public static String join(Collection<String> lists) {
        List<String> joined = new ArrayList<>();
        parse(lists)
                .forEach((name, values) -> joined.add((name.isEmpty() ? "" : name + "=") + String.join(",", values)));
        return String.join(",", joined);
    }
}
