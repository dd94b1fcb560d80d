package io.imagegate.predicate;

import io.imagegate.text.SafeText;
import java.util.List;
import java.util.stream.Stream;

/**
 * Path to a value in a JSON document (RFC 6901), such as {@code /runDetails/builder/id}. Immutable and thread-safe.
 *
 * @param text the pointer as written
 * @since 0.1
 */
public record JsonPointer(String text) {

    private static final int LONGEST = 256;
    private static final int SHOWN = 100;

    /**
     * Checks a pointer.
     *
     * @param text the pointer; not empty, which would mean the whole document
     * @throws IllegalArgumentException if this is not a pointer, or has more than 256 characters
     */
    public JsonPointer {
        if (!text.startsWith("/") || text.length() > LONGEST || text.matches("(?s).*~([^01].*)?")) {
            throw new IllegalArgumentException("pointer " + SafeText.quote(text, SHOWN)
                    + ": expected names with a slash before each, such as /runDetails/builder/id; write ~0 for ~ and ~1 for"
                    + " a slash in a name");
        }
    }

    /** {@return the names, or numbers of elements, from the root down} */
    public List<String> names() {
        return Stream.of(text.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** {@return the pointer as written} */
    @Override
    public String toString() {
        return text;
    }
}
