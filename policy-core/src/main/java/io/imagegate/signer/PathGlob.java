package io.imagegate.signer;

import org.jspecify.annotations.Nullable;

/**
 * Pattern over a name with segments, such as a URL: {@code *} matches characters of one segment or none, {@code **} matches
 * any characters, also {@code /}; every other character matches itself. It matches the whole text, and letter case counts.
 * Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PathGlob {

    private static final int LONGEST = 1_024;
    private static final char ANY = '\uffff';

    private final String text;
    private final String tokens;

    private PathGlob(String text) {
        this.text = text;
        // Three stars and more mean the same as two.
        this.tokens = text.replaceAll("\\*{2,}", String.valueOf(ANY));
    }

    /**
     * Parses a pattern.
     *
     * @param text the pattern
     * @return the pattern
     * @throws IllegalArgumentException if it is blank or longer than 1,024 characters
     */
    public static PathGlob parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "a blank glob, expected text: * matches a part of a segment, ** any text");
        }
        if (text.length() > LONGEST || text.indexOf(ANY) >= 0) {
            throw new IllegalArgumentException("a glob of " + text.length() + " characters, expected at most " + LONGEST
                    + " characters of Unicode");
        }
        return new PathGlob(text);
    }

    /**
     * Matches a whole text. Takes at most as many steps as the product of both lengths.
     *
     * @param candidate the text
     * @return whether this matches it
     */
    public boolean matches(String candidate) {
        boolean[] reached = new boolean[candidate.length() + 1];
        boolean[] next = new boolean[reached.length];
        reached[0] = true;
        for (int i = 0; i < tokens.length(); i++) {
            step(tokens.charAt(i), candidate, reached, next);
            boolean[] before = reached;
            reached = next;
            next = before;
        }
        return reached[candidate.length()];
    }

    /** Finds the ends of what the pattern matches with one token more. */
    private static void step(char token, String candidate, boolean[] before, boolean[] after) {
        boolean star = token == '*' || token == ANY;
        after[0] = star && before[0];
        for (int end = 1; end < before.length; end++) {
            char c = candidate.charAt(end - 1);
            after[end] = star
                    ? before[end] || (after[end - 1] && (token == ANY || c != '/'))
                    : before[end - 1] && token == c;
        }
    }

    /** {@return whether this matches every text} */
    public boolean matchesEverything() {
        return tokens.equals(String.valueOf(ANY));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathGlob glob && text.equals(glob.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the pattern as written} */
    @Override
    public String toString() {
        return text;
    }
}
