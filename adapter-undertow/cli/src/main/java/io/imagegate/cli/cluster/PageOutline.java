package io.imagegate.cli.cluster;

import io.imagegate.input.InputException;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What has to be known of a page whose object cannot be read: its name, and how the list goes on.
 *
 * @param title namespace and name of its last object; empty if they are not known
 * @param next token of the next page; empty if this is the last
 */
record PageOutline(String title, String next) {

    /** Deeper than what API servers take. */
    private static final SyntaxLimits LIMITS = SyntaxLimits.of(64 << 10, 20_000);

    private static final FieldNames LIST = FieldNames.of("metadata", "items");
    private static final FieldNames OBJECT = FieldNames.of("metadata");
    private static final FieldNames NEXT = FieldNames.of("continue");
    private static final FieldNames NAME = FieldNames.of("namespace", "name");

    static PageOutline read(String list, InputStream body) throws IOException, InputException {
        try {
            JsonCursor<InputException> cursor = JsonCursor.of(
                    body, LIMITS, (line, column, problem) -> new InputException(list, line, column, problem));
            String title = "";
            String next = "";
            if (cursor.begin() && cursor.object("list")) {
                for (String field = cursor.field(LIST); field != null; field = cursor.field(LIST)) {
                    if (field.equals("items")) {
                        title = items(cursor);
                    } else if (cursor.object("metadata")) {
                        while (cursor.field(NEXT) != null) {
                            next = cursor.text("metadata.continue");
                        }
                    }
                }
            }
            return new PageOutline(title, next);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String items(JsonCursor<InputException> cursor) throws InputException {
        String title = "";
        if (cursor.array("items")) {
            while (cursor.element()) {
                if (cursor.type() == ValueType.OBJECT) {
                    cursor.enterObject();
                    while (cursor.field(OBJECT) != null) {
                        title = title(cursor);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
        return title;
    }

    private static String title(JsonCursor<InputException> cursor) throws InputException {
        String namespace = "";
        String name = "";
        if (cursor.object("metadata")) {
            for (String field = cursor.field(NAME); field != null; field = cursor.field(NAME)) {
                String text = cursor.text(field);
                if (field.equals("name")) {
                    name = text;
                } else {
                    namespace = text;
                }
            }
        }
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
