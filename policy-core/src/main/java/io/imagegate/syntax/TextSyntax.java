package io.imagegate.syntax;

/** Syntax of a text in YAML or JSON, detected from its first bytes. */
public enum TextSyntax {
    JSON,
    YAML;

    /** Number of first bytes that are looked at. */
    public static final int LOOKED_AT = 8_192;

    private static final int[] MARK = {0xEF, 0xBB, 0xBF};

    /**
     * Detects the syntax.
     *
     * @param start first bytes of the text
     * @param problems makes the exceptions
     * @param <X> thrown for what is no text in UTF-8
     * @return the syntax; kubectl, too, reads text that starts with a brace as JSON
     */
    public static <X extends Exception> TextSyntax of(byte[] start, SyntaxProblems<X> problems) throws X {
        requireText(start, problems);
        int at = markBytes(start);
        while (at < start.length && Character.isWhitespace(start[at])) {
            at++;
        }
        return at < start.length && (start[at] == '{' || start[at] == '[') ? JSON : YAML;
    }

    /** {@return the length of the byte order mark of UTF-8 at the start of a text; 0 if it has none} */
    public static int markBytes(byte[] start) {
        return begins(start, MARK) ? MARK.length : 0;
    }

    private static <X extends Exception> void requireText(byte[] start, SyntaxProblems<X> problems) throws X {
        if (begins(start, 0x1F, 0x8B)) {
            throw problems.at(1, 1, "compressed by gzip: expected text; unpack it first");
        }
        if (begins(start, 0xFE, 0xFF) || begins(start, 0xFF, 0xFE)) {
            throw problems.at(1, 1, "text in UTF-16: expected UTF-8");
        }
        for (byte b : start) {
            if (b == 0) {
                throw problems.at(1, 1, "binary data or text in UTF-16: expected text in UTF-8");
            }
        }
    }

    private static boolean begins(byte[] start, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i == start.length || (start[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
