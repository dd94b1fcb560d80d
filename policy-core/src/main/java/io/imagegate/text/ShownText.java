package io.imagegate.text;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Joins texts, and escapes them for terminals and XML. Letters of all languages stay; invisible characters are escaped, because they
 * could move the cursor, hide or reverse other text, or make the file malformed.
 */
public final class ShownText {

    private ShownText() {}

    /**
     * Escapes control and format characters, line ends, lone surrogates and code points without a character, as
     * {@code \}{@code u202e}.
     *
     * @param text the text, for example the message of a rule
     * @return the text on one line
     */
    public static String escape(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isVisible(c)) {
                shown.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }

    /**
     * Joins texts.
     *
     * @param separator put between them
     * @param texts the texts; empty ones are left out
     * @return the others as one text
     */
    public static String join(String separator, String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).collect(Collectors.joining(separator));
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
