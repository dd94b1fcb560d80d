package io.imagegate.text;

/**
 * Line and column of a character in a text, from 1.
 *
 * @param line the line
 * @param column the number of the character in the line
 * @since 0.1
 */
public record TextPosition(int line, int column) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * {@return the position after characters of a text}
     *
     * @param text the text
     * @param characters the number of its Unicode characters before the position
     */
    public static TextPosition after(String text, int characters) {
        int counted = Math.min(characters, text.codePointCount(0, text.length()));
        String[] lines = text.substring(0, text.offsetByCodePoints(0, counted)).split("\r\n|\r|\n", -1);
        String last = lines[lines.length - 1];
        return new TextPosition(lines.length, last.codePointCount(0, last.length()) + 1);
    }

    /**
     * {@return the text of a file without the byte order mark before it, which editors write and YAML allows}
     *
     * @param file the text of the file
     */
    public static String withoutByteOrderMark(String file) {
        return file.startsWith(BYTE_ORDER_MARK) ? file.substring(1) : file;
    }
}
