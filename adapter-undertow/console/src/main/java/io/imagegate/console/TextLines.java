package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The lines of a text in which mistakes are underlined. Lines and columns count from 1, columns in code points. */
final class TextLines {

    private static final String ENDS_OF_VALUES = " \t,]}";

    private final String text;

    TextLines(String text) {
        this.text = text;
    }

    /** {@return the column of a byte in a line, as readers of JSON count} */
    int columnOfByte(int line, int column) {
        byte[] bytes = line(line).getBytes(UTF_8);
        int before = Math.min(column - 1, bytes.length);
        return 1 + (int) new String(bytes, 0, before, UTF_8).codePoints().count();
    }

    /** {@return the column behind the name or value that begins at a place; the column itself at the end of its line} */
    int end(int line, int column) {
        String of = line(line);
        if (of.codePointCount(0, of.length()) < column) {
            return column;
        }
        int start = of.offsetByCodePoints(0, column - 1);
        return column + of.codePointCount(start, end(of, start));
    }

    /** {@return the text between two columns of a line} */
    String part(int line, int column, int end) {
        String of = line(line);
        int characters = of.codePointCount(0, of.length());
        int from = Math.min(column - 1, characters);
        int to = Math.max(from, Math.min(end - 1, characters));
        return of.substring(of.offsetByCodePoints(0, from), of.offsetByCodePoints(0, to));
    }

    private static int end(String line, int start) {
        char first = line.charAt(start);
        if (first == '"' || first == '\'') {
            int closing = line.indexOf(first, start + 1);
            return closing < 0 ? line.length() : closing + 1;
        }
        int end = start + 1;
        while (end < line.length() && !isEnd(line, end)) {
            end++;
        }
        return end;
    }

    /** A colon ends a name only before a space: images have others. */
    private static boolean isEnd(String line, int at) {
        boolean isLast = at + 1 == line.length();
        return ENDS_OF_VALUES.indexOf(line.charAt(at)) >= 0
                || (line.charAt(at) == ':' && (isLast || line.charAt(at + 1) == ' '));
    }

    /** {@return a line, without its end} Few are asked for, so no list of them is kept. */
    private String line(int line) {
        int start = 0;
        for (int number = 1; number < line; number++) {
            int end = endOfLine(start);
            if (end == text.length()) {
                return "";
            }
            start = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        return text.substring(start, endOfLine(start));
    }

    private int endOfLine(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
