package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.syntax.Node;
import io.imagegate.text.ResourceLines;
import io.imagegate.text.SafeText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The fields of Compose files that are known not to bring images that are not read, as {@code compose-fields.txt} lists. */
final class ComposeFields {

    private static final Map<String, Set<String>> KNOWN = read();
    private static final String EXTENSION = "x-";
    private static final int SHOWN = 60;

    private ComposeFields() {}

    /** {@return whether a field has no effect} */
    static boolean isExtension(String name) {
        return name.startsWith(EXTENSION);
    }

    /** {@return whether a field of an object of a kind is in the list} */
    static boolean isKnown(String kind, String name) {
        return KNOWN.getOrDefault(kind, Set.of()).contains(name);
    }

    /**
     * Refuses an object with a field that is not known.
     *
     * @param file the file
     * @param object the object
     * @param kind what it is, as in the list
     */
    static void requireKnown(ComposeFile file, Node object, String kind) throws InputException {
        for (Node.Field field : file.fields(object, kind)) {
            String name = field.name().text();
            if (!isKnown(kind, name) && !isExtension(name)) {
                throw file.malformed(
                        field.name(),
                        kind + ": the field " + SafeText.quote(name, SHOWN)
                                + " is not known: check what docker compose config prints");
            }
        }
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> known = new HashMap<>();
        for (String line : ResourceLines.read(ComposeFields.class.getResourceAsStream("compose-fields.txt"))) {
            String[] words = line.split(" ", -1);
            known.computeIfAbsent(words[0], kind -> new HashSet<>())
                    .addAll(Arrays.asList(words).subList(1, words.length));
        }
        return known;
    }
}
