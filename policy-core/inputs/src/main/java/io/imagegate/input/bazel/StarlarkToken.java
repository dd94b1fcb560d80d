package io.imagegate.input.bazel;

/**
 * Word of a file in Starlark.
 *
 * @param kind its kind
 * @param text the name, the content of a text, or the sign
 * @param start where it starts in the file, in code points; of a text its first character
 */
record StarlarkToken(Kind kind, String text, int start) {

    enum Kind {
        NAME,
        /** A text that is written as it is. */
        TEXT,
        /** A text with escapes, or one of bytes. */
        OTHER_TEXT,
        SIGN,
        /** The end of a statement. */
        END
    }

    boolean is(String sign) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }
}
