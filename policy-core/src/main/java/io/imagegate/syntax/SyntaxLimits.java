package io.imagegate.syntax;

/**
 * Limits of one text. Immutable. More than a limit is never cut short: the text is refused.
 *
 * @param stringChars longest text that is kept, in UTF-16 units
 * @param totalChars most UTF-16 units of all texts that are kept
 * @param nesting deepest nesting of objects and arrays
 * @since 0.1
 */
public record SyntaxLimits(int stringChars, long totalChars, int nesting) {

    /**
     * Makes limits without one on the length of all texts, for what its source limits or nobody keeps.
     *
     * @param stringChars longest text that is kept, in UTF-16 units
     * @param nesting deepest nesting of objects and arrays
     */
    public SyntaxLimits(int stringChars, int nesting) {
        this(stringChars, Long.MAX_VALUE, nesting);
    }
}
