package io.imagegate.reference;

import org.jspecify.annotations.Nullable;

/**
 * A pattern over one piece of text, such as a tag, a namespace or an annotation value: {@code *} stands for any
 * characters or none, {@code ?} for exactly one, every other character for itself.
 *
 * <p>A glob matches the whole text or not at all, letter case counts, and there is no way to escape {@code *} or {@code ?}.
 * Immutable and safe between threads. {@link #matches} takes at most as many steps as the lengths of glob and text
 * multiplied, whatever they are.
 *
 * <p>The glob {@code *} matches everything, the empty text too.
 *
 * @since 0.1
 */
public final class Glob {

    private final String text;
    private final int firstWildcard;

    private Glob(String text, int firstWildcard) {
        this.text = text;
        this.firstWildcard = firstWildcard;
    }

    /**
     * Reads a glob.
     *
     * @param text the glob; any text but an empty one
     * @return the glob
     * @throws IllegalArgumentException if the text is empty
     */
    public static Glob parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a glob must not be empty: write * for any text");
        }
        int i = 0;
        while (i < text.length() && !isWildcard(text.charAt(i))) {
            i++;
        }
        return new Glob(text, i);
    }

    private static boolean isWildcard(char c) {
        return c == '*' || c == '?';
    }

    /** {@return whether this holds no wildcard, so that it matches only itself} */
    public boolean isLiteral() {
        return firstWildcard == text.length();
    }

    /** {@return the literal text before the first wildcard} */
    String prefix() {
        return text.substring(0, firstWildcard);
    }

    /** {@return the literal text after the last wildcard} */
    String suffix() {
        return text.substring(Math.max(text.lastIndexOf('*'), text.lastIndexOf('?')) + 1);
    }

    /**
     * Matches a text as a whole.
     *
     * @param candidate the text
     * @return whether this glob matches it
     */
    public boolean matches(CharSequence candidate) {
        return isLiteral() ? text.contentEquals(candidate) : matchesWildcards(candidate);
    }

    /**
     * On a mismatch only the last star seen takes one character more. An earlier star never has to: the part between two
     * stars was found at its leftmost place, and any other place leaves less text for what follows.
     */
    private boolean matchesWildcards(CharSequence candidate) {
        int at = 0;
        int i = 0;
        int star = -1;
        int retry = 0;
        while (i < candidate.length()) {
            char expected = at < text.length() ? text.charAt(at) : 0;
            if (at < text.length() && expected == '*') {
                star = at++;
                retry = i;
            } else if (at < text.length() && (expected == '?' || expected == candidate.charAt(i))) {
                i += expected == '?' ? width(candidate, i) : 1;
                at++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        return isOnlyStars(at);
    }

    /** {@return how many chars the character at an index takes: 2 for a surrogate pair, which is one character to people} */
    private static int width(CharSequence candidate, int index) {
        return Character.charCount(Character.codePointAt(candidate, index));
    }

    private boolean isOnlyStars(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == '*') {
            i++;
        }
        return i == text.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Glob glob && text.equals(glob.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the glob as it was written} */
    @Override
    public String toString() {
        return text;
    }
}
