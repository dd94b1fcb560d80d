package io.imagegate.syntax;

/**
 * Limits of one text, and whether names may come twice. Immutable. More than a limit is never cut short: the text is refused.
 *
 * @param stringChars longest text that is kept, in UTF-16 units
 * @param totalChars most UTF-16 units of all texts that are kept
 * @param nameChars longest name that is kept, in UTF-16 units: names of open objects are kept, or remembered by a hash
 * @param numberChars most digits of a number and signs in it, also of a skipped one: other readers may refuse or round longer
 *     ones
 * @param copiedBytes longest text of a tree that is copied, in bytes; a longer one without escapes, in a document that is in
 *     memory, is a range of that, and does not count as kept
 * @param nesting deepest nesting of objects and arrays
 * @param parts most names and values of one document, and for JSON their ends, without those in a value that is skipped as a
 *     whole. An alias of YAML counts as what it stands for, because a few lines can stand for any number. A tree takes many
 *     times the memory of its text
 * @param aliases most values of one document of YAML that are kept for aliases, of which long texts count as several, and
 *     most names, values and ends that aliases stand for; 0 refuses aliases
 * @param wholeNames whether a name of JSON with an escape of half a character is refused. In values, and else in names, that is
 *     read as U+FFFD, as Kubernetes does; other readers keep the half or refuse the text
 * @param repeatedNames whether an object of JSON may have a name twice: for text in which only some fields are looked for, and
 *     whose reader tells those that come twice. Readers differ in which one counts, so nothing may be decided by one of them
 * @since 0.1
 */
public record SyntaxLimits(
        int stringChars,
        long totalChars,
        int nameChars,
        int numberChars,
        int copiedBytes,
        int nesting,
        int parts,
        int aliases,
        boolean wholeNames,
        boolean repeatedNames) {

    private static final int NONE = Integer.MAX_VALUE;

    /**
     * Makes limits of single texts and names, and of nesting. Aliases, and names that come twice, are refused.
     *
     * @param stringChars longest text and longest name that is kept, in UTF-16 units
     * @param nesting deepest nesting of objects and arrays
     */
    public SyntaxLimits(int stringChars, int nesting) {
        this(stringChars, Long.MAX_VALUE, stringChars, NONE, NONE, nesting, NONE, 0, false, false);
    }

    /**
     * {@return a copy with another limit of the length of all texts}
     *
     * @param chars most UTF-16 units of all texts that are kept
     */
    public SyntaxLimits withTotalChars(long chars) {
        return new SyntaxLimits(
                stringChars,
                chars,
                nameChars,
                numberChars,
                copiedBytes,
                nesting,
                parts,
                aliases,
                wholeNames,
                repeatedNames);
    }

    /**
     * {@return a copy with another limit of the length of a name}
     *
     * @param chars longest name that is kept
     */
    public SyntaxLimits withNameChars(int chars) {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                chars,
                numberChars,
                copiedBytes,
                nesting,
                parts,
                aliases,
                wholeNames,
                repeatedNames);
    }

    /**
     * {@return a copy with another limit of the length of a number}
     *
     * @param chars most digits and signs of a number
     */
    public SyntaxLimits withNumberChars(int chars) {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                nameChars,
                chars,
                copiedBytes,
                nesting,
                parts,
                aliases,
                wholeNames,
                repeatedNames);
    }

    /**
     * {@return a copy with another limit of the length of a text that is copied}
     *
     * @param bytes longest text of a tree that is copied
     */
    public SyntaxLimits withCopiedBytes(int bytes) {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                nameChars,
                numberChars,
                bytes,
                nesting,
                parts,
                aliases,
                wholeNames,
                repeatedNames);
    }

    /**
     * {@return a copy with another limit of the number of names and values}
     *
     * @param most most names and values of one document
     */
    public SyntaxLimits withParts(int most) {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                nameChars,
                numberChars,
                copiedBytes,
                nesting,
                most,
                aliases,
                wholeNames,
                repeatedNames);
    }

    /**
     * {@return a copy with another limit of what aliases stand for}
     *
     * @param most most values; 0 refuses aliases
     */
    public SyntaxLimits withAliases(int most) {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                nameChars,
                numberChars,
                copiedBytes,
                nesting,
                parts,
                most,
                wholeNames,
                repeatedNames);
    }

    /** {@return a copy that refuses names with an escape of half a character} */
    public SyntaxLimits withWholeNames() {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                nameChars,
                numberChars,
                copiedBytes,
                nesting,
                parts,
                aliases,
                true,
                repeatedNames);
    }

    /** {@return a copy that allows names that come twice} */
    public SyntaxLimits withRepeatedNames() {
        return new SyntaxLimits(
                stringChars,
                totalChars,
                nameChars,
                numberChars,
                copiedBytes,
                nesting,
                parts,
                aliases,
                wholeNames,
                true);
    }
}
