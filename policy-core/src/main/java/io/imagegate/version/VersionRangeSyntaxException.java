package io.imagegate.version;

import io.imagegate.text.SafeText;

/**
 * Thrown when text is not a version range. The message is one line that is safe to print, as in {@code version range
 * "^1.02": character 4 '0': expected a number without a leading zero}.
 *
 * @since 0.1
 */
public final class VersionRangeSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 120;

    /** Offset of the problem. */
    private final int offset;

    VersionRangeSyntaxException(String range, int offset, String expected) {
        super("version range " + SafeText.quote(range, SHOWN) + ": " + position(range, offset) + ": " + expected);
        this.offset = offset;
    }

    private static String position(String range, int offset) {
        return offset < range.length()
                ? "character " + (offset + 1) + " '" + SafeText.escape(range.substring(offset, offset + 1)) + "'"
                : "at the end";
    }

    /**
     * {@return the index of the offending character, from 0; the length of the text if something is missing at its end}
     */
    public int offset() {
        return offset;
    }
}
