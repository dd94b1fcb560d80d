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

    /**
     * Begins limits of single texts and names, and of nesting. Aliases, and names that come twice, are refused.
     *
     * @param stringChars longest text and longest name that is kept, in UTF-16 units
     * @param nesting deepest nesting of objects and arrays
     * @return a builder, for one thread
     */
    public static Builder builder(int stringChars, int nesting) {
        return new Builder(stringChars, nesting);
    }

    /**
     * {@return limits of single texts and names, and of nesting alone}
     *
     * @param stringChars longest text and longest name that is kept, in UTF-16 units
     * @param nesting deepest nesting of objects and arrays
     */
    public static SyntaxLimits of(int stringChars, int nesting) {
        return builder(stringChars, nesting).build();
    }

    /** Makes limits. Each method sets the one of its name. */
    public static final class Builder {

        private static final int NONE = Integer.MAX_VALUE;

        private final int stringChars;
        private final int nesting;
        private long totalChars = Long.MAX_VALUE;
        private int nameChars;
        private int numberChars = NONE;
        private int copiedBytes = NONE;
        private int parts = NONE;
        private int aliases;
        private boolean wholeNames;
        private boolean repeatedNames;

        private Builder(int stringChars, int nesting) {
            this.stringChars = stringChars;
            this.nesting = nesting;
            this.nameChars = stringChars;
        }

        public Builder totalChars(long chars) {
            totalChars = chars;
            return this;
        }

        public Builder nameChars(int chars) {
            nameChars = chars;
            return this;
        }

        public Builder numberChars(int chars) {
            numberChars = chars;
            return this;
        }

        public Builder copiedBytes(int bytes) {
            copiedBytes = bytes;
            return this;
        }

        public Builder parts(int most) {
            parts = most;
            return this;
        }

        public Builder aliases(int most) {
            aliases = most;
            return this;
        }

        public Builder wholeNames() {
            wholeNames = true;
            return this;
        }

        public Builder repeatedNames() {
            repeatedNames = true;
            return this;
        }

        public SyntaxLimits build() {
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
                    repeatedNames);
        }
    }
}
