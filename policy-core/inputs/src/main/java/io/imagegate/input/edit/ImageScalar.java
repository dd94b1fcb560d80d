package io.imagegate.input.edit;

import org.jspecify.annotations.Nullable;

/**
 * Where the value of an image stands in a text, without its quotes, tag and anchor. Finds it by the start of its scalar and
 * by its value, which has no spaces: whatever form it has, it stands on one line, or in quotes.
 *
 * @param start index of the first character
 * @param end index after the last character
 */
record ImageScalar(int start, int end) {

    /** {@return the place of a value; null if the scalar has another form than those with one place} */
    static @Nullable ImageScalar at(String text, int offset, String value) {
        int start = afterProperties(text, offset);
        if (start == text.length()) {
            return null;
        }
        return switch (text.charAt(start)) {
            case '"' -> quoted(text, start + 1, '"');
            case '\'' -> quoted(text, start + 1, '\'');
            case '|', '>' -> inBlock(text, start, value);
            default -> exact(text, start, value);
        };
    }

    /** Skips anchor and tag. No plain scalar begins like one of them. */
    static int afterProperties(String text, int offset) {
        int at = offset;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '&' || c == '!') {
                at = skip(text, at, false);
            } else if (c == '#') {
                at = endOfLine(text, at);
            } else if (isSpace(c)) {
                at = skip(text, at, true);
            } else {
                return at;
            }
        }
        return at;
    }

    private static int skip(String text, int from, boolean spaces) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at)) == spaces) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static @Nullable ImageScalar quoted(String text, int start, char quote) {
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                return new ImageScalar(start, at);
            }
            // An image has no quote, so that of single quotes is never doubled.
            at += c == '\\' && quote == '"' ? 1 : 0;
        }
        return null;
    }

    private static @Nullable ImageScalar inBlock(String text, int header, String value) {
        return exact(text, skip(text, endOfLine(text, header), true), value);
    }

    private static @Nullable ImageScalar exact(String text, int start, String value) {
        return text.startsWith(value, start) ? new ImageScalar(start, start + value.length()) : null;
    }
}
