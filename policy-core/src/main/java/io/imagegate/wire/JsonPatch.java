package io.imagegate.wire;

import io.imagegate.syntax.JsonOutput;
import java.util.List;

/**
 * Patch of RFC 6902 that replaces texts. A {@code test} stands before each {@code replace}, so that nothing else than the
 * expected text is overwritten: if one fails, none of the patch is applied. Immutable.
 *
 * @param replacements the replacements, in order
 * @since 0.1
 */
public record JsonPatch(List<Replacement> replacements) {

    /** Patch that changes nothing. */
    public static final JsonPatch EMPTY = new JsonPatch(List.of());

    /**
     * Replacement of one text.
     *
     * @param pointer the JSON pointer of the text
     * @param before the text that is there
     * @param after the text that takes its place
     * @since 0.1
     */
    public record Replacement(String pointer, String before, String after) {}

    /**
     * Copies the list.
     *
     * @param replacements the replacements, in order
     */
    public JsonPatch {
        replacements = List.copyOf(replacements);
    }

    /** {@return whether it changes nothing} */
    public boolean isEmpty() {
        return replacements.isEmpty();
    }

    /** {@return the patch as a JSON array in UTF-8} */
    public byte[] encode() {
        return JsonOutput.encode(0, json -> {
            json.beginArray();
            for (Replacement replacement : replacements) {
                operation(json, "test", replacement.pointer(), replacement.before());
                operation(json, "replace", replacement.pointer(), replacement.after());
            }
            json.endArray();
        });
    }

    private static void operation(JsonOutput json, String operation, String pointer, String value) {
        json.beginObject()
                .field("op", operation)
                .field("path", pointer)
                .field("value", value)
                .endObject();
    }
}
