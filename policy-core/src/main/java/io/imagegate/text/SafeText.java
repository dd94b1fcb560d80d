package io.imagegate.text;

/**
 * Makes untrusted text safe to show. Everything but printable ASCII is escaped, so that control characters,
 * bidirectional marks and look-alike letters cannot forge a log line or disguise the name of an image.
 *
 * @since 0.1
 */
public final class SafeText {

    private SafeText() {}

    /**
     * Escapes a text.
     *
     * @param text the text
     * @return the text in printable ASCII; the same object if nothing had to be escaped
     */
    public static String escape(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        escape(escaped, text, text.length());
        return escaped.toString();
    }

    /**
     * Quotes and escapes a text. If it is cut, its length is appended.
     *
     * @param text the text
     * @param limit number of UTF-16 units to show
     * @return the quoted text
     */
    public static String quote(String text, int limit) {
        if (text.length() <= limit && isPlain(text)) {
            return '"' + text + '"';
        }
        int end = Math.min(text.length(), limit);
        StringBuilder quoted = new StringBuilder(end + 2).append('"');
        escape(quoted, text, end);
        quoted.append('"');
        return end == text.length()
                ? quoted.toString()
                : quoted.append("... (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
    }

    /**
     * Cuts a text, but never within a surrogate pair.
     *
     * @param text the text
     * @param limit number of UTF-16 units to keep
     * @return the text, cut if it was longer
     */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 127 && c != '\\' && c != '"';
    }

    static void escape(StringBuilder escaped, String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\\', '"' -> escaped.append('\\').append(c);
                default -> {
                    if (isPlain(c)) {
                        escaped.append(c);
                    } else {
                        escaped.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
    }
}
