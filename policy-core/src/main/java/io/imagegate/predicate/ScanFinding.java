package io.imagegate.predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One finding of a scanner while its fields are read. */
abstract class ScanFinding implements BiConsumer<String, JsonValue> {

    private static final int LONGEST_ID = 128;
    private static final int MOST_NAMES = 32;

    final DocumentFields fields;

    /** The id is the first; empty until it is read. */
    final List<String> names = new ArrayList<>(List.of(""));

    String severity = "";
    String packageName = "";
    String packageVersion = "";
    String packageUrl = "";
    boolean fixable;

    ScanFinding(DocumentFields fields) {
        this.fields = fields;
    }

    void id(JsonValue value, String name) {
        names.set(0, checkedId(value, name));
    }

    /** Adds another name under which the scanner knows it. */
    void alias(JsonValue value, String name) {
        names.add(checkedId(value, name));
        if (names.size() > MOST_NAMES) {
            throw fields.wrong(name, "at most " + MOST_NAMES + " ids");
        }
    }

    private String checkedId(JsonValue value, String name) {
        String id = fields.requiredText(value, name);
        if (id.length() > LONGEST_ID) {
            throw fields.wrong(name, "an id of at most " + LONGEST_ID + " characters");
        }
        return id;
    }
}
