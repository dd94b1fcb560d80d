package io.imagegate.text;

import org.jspecify.annotations.Nullable;

/**
 * Messages of the YAML library, made fit to show: the library quotes a text as it is, on several lines.
 *
 * @since 0.1
 */
public final class YamlMessage {

    /** The library fails with a {@link NumberFormatException} instead of saying so. */
    public static final String NO_DIGITS = "expected hexadecimal digits of a character after a backslash";

    private static final int LIMIT = 500;

    private YamlMessage() {}

    /**
     * {@return the message on one line, cut, in printable ASCII}
     *
     * @param message the message of the library, or null if there is none
     */
    public static String oneLine(@Nullable String message) {
        String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
        StringBuilder shown = new StringBuilder();
        SafeText.cut(line, LIMIT).chars().forEach(c -> shown.append(shown((char) c)));
        return shown.toString();
    }

    /** The library writes quotes and backslashes of its own, so those stay. */
    private static String shown(char c) {
        String text = String.valueOf(c);
        return c == '"' || c == '\\' ? text : SafeText.escape(text);
    }
}
