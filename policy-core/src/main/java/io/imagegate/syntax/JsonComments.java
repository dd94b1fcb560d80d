package io.imagegate.syntax;

/**
 * Converts JSON with comments to JSON: comments and trailing commas become spaces, so every value keeps its position. Other invalid text
 * stays; the reader of JSON rejects it.
 *
 * @since 0.1
 */
public final class JsonComments {

    private final byte[] text;
    /** The comma that is the last significant byte so far; -1 if that is another one. */
    private int comma = -1;

    private JsonComments(byte[] text) {
        this.text = text;
    }

    /**
     * {@return a copy with spaces in place of comments and of commas before the end of an object or array}
     *
     * @param text the text, in UTF-8
     */
    public static byte[] removed(byte[] text) {
        JsonComments copy = new JsonComments(text.clone());
        for (int at = 0; at < text.length; at = copy.next(at)) {}
        return copy.text;
    }

    /** Handles the token at a position and returns that of the next. */
    private int next(int at) {
        byte after = at + 1 < text.length ? text[at + 1] : 0;
        if (text[at] == '/' && after == '/') {
            return blank(at, endOfLine(at));
        }
        if (text[at] == '/' && after == '*') {
            int end = endOfComment(at + 2);
            return end < 0 ? text.length : blank(at, end);
        }
        switch (text[at]) {
            case ' ', '\t', '\r', '\n' -> {}
            case ',' -> comma = at;
            case '}', ']' -> {
                if (comma >= 0) {
                    text[comma] = ' ';
                }
                comma = -1;
            }
            default -> comma = -1;
        }
        return text[at] == '"' ? endOfString(at + 1) : at + 1;
    }

    /** Lines stay as they are. */
    private int blank(int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] != '\n' && text[at] != '\r') {
                text[at] = ' ';
            }
        }
        return to;
    }

    private int endOfLine(int from) {
        int at = from;
        while (at < text.length && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }

    /** {@return the position behind a comment; -1 if it has no end} */
    private int endOfComment(int from) {
        for (int at = from; at + 1 < text.length; at++) {
            if (text[at] == '*' && text[at + 1] == '/') {
                return at + 2;
            }
        }
        return -1;
    }

    private int endOfString(int from) {
        for (int at = from; at < text.length; at++) {
            if (text[at] == '\\') {
                at++;
            } else if (text[at] == '"' || text[at] == '\n') {
                return at + 1;
            }
        }
        return text.length;
    }
}
