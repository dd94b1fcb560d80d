package io.imagegate.yaml;

import io.imagegate.text.SafeText;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the YAML library safe to show. The library quotes text unescaped and on several lines.
 *
 * @since 0.1
 */
public final class YamlMessage {

    /** For this mistake the library throws a {@link NumberFormatException}. */
    public static final String NO_DIGITS = "expected hexadecimal digits of a character after a backslash";

    /** Braces around a template make a mapping of it: {@code {{ .Values.image }}}. */
    public static final String MAPPING_AS_KEY = "a mapping as a key, expected text; a template must be rendered first";

    /** YAML allows it; no file that is read here has one. */
    public static final String LIST_AS_KEY = "a list as a key, expected text";

    private static final int LIMIT = 500;

    private YamlMessage() {}

    /**
     * {@return the message in printable ASCII, cut, on one line}
     *
     * @param message the message of the library, or null if there is none
     */
    public static String oneLine(@Nullable String message) {
        String line = String.valueOf(message)
                .lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        StringBuilder shown = new StringBuilder();
        SafeText.cut(line, LIMIT).chars().forEach(c -> shown.append(shown((char) c)));
        return shown.toString();
    }

    /**
     * {@return the message about a character that cannot stand in YAML}
     *
     * @param codePoint the character
     */
    public static String forbidden(int codePoint) {
        return String.format(Locale.ROOT, "the character U+%04X must be escaped", codePoint);
    }

    /** Quotes and backslashes stay, because the library writes them itself. */
    private static String shown(char c) {
        String text = String.valueOf(c);
        return c == '"' || c == '\\' ? text : SafeText.escape(text);
    }
}
