package io.imagegate.text;

/**
 * The byte order mark before a text, which editors write and YAML allows.
 *
 * @since 0.1
 */
public final class ByteOrderMark {

    private static final String MARK = "\uFEFF";

    private ByteOrderMark() {}

    /**
     * {@return the text of a file without the mark}
     *
     * @param file the text of the file
     */
    public static String removeFrom(String file) {
        return file.startsWith(MARK) ? file.substring(MARK.length()) : file;
    }
}
