package io.imagegate.reference;

import org.jspecify.annotations.Nullable;

/**
 * A pattern over one piece of text, such as a tag, a namespace or an annotation value: {@code *} matches any characters
 * or none, {@code ?} matches exactly one, every other character matches itself.
 *
 * <p>A glob matches the whole text. Letter case counts. {@code *} and {@code ?} cannot be escaped. Immutable and safe
 * between threads. {@link #matches} takes at most as many steps as the product of the lengths of glob and text.
 *
 * <p>The glob {@code *} matches everything, including the empty text.
 */
final class Glob {

    private final String text;
    private final int firstWildcard;
    private final boolean perNamespace;

    private Glob(String text, int firstWildcard, boolean perNamespace) {
        this.text = text;
        this.firstWildcard = firstWildcard;
        this.perNamespace = perNamespace;
    }

    /**
     * Parses a glob.
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
        return new Glob(text, i, false);
    }

    /** {@return a glob for a segment of the path of a pattern, which may have the placeholder of the namespace} */
    static Glob segment(String text) {
        Glob glob = parse(text);
        int placeholder = text.indexOf(NamespacePlaceholder.TEXT);
        return placeholder < 0 ? glob : new Glob(text, Math.min(placeholder, glob.firstWildcard), true);
    }

    private static boolean isWildcard(char c) {
        return c == '*' || c == '?';
    }

    /** {@return whether this has no wildcard and therefore matches only itself} */
    public boolean isLiteral() {
        return firstWildcard == text.length();
    }

    /** {@return the literal text before the first wildcard} */
    String prefix() {
        return text.substring(0, firstWildcard);
    }

    /** {@return whether another glob begins with other literal text, so that no text is matched by both} */
    boolean beginsUnlike(Glob other) {
        int common = Math.min(firstWildcard, other.firstWildcard);
        return !text.regionMatches(0, other.text, 0, common);
    }

    /** {@return the literal text after the last wildcard} */
    String suffix() {
        int wildcard = Math.max(text.lastIndexOf('*'), text.lastIndexOf('?'));
        return text.substring((perNamespace ? Math.max(wildcard, text.lastIndexOf('}')) : wildcard) + 1);
    }

    /** {@return whether this has the placeholder of the namespace} */
    boolean isPerNamespace() {
        return perNamespace;
    }

    /**
     * {@return this with text for the placeholder of the namespace}
     *
     * @param inserted a namespace, or {@link NamespacePlaceholder#ANY}
     */
    Glob inserting(String inserted) {
        return perNamespace ? parse(text.replace(NamespacePlaceholder.TEXT, inserted)) : this;
    }

    /**
     * Matches a whole text.
     *
     * @param candidate the text
     * @param inserted what stands for the placeholder of the namespace
     * @return whether this glob matches it; false if the placeholder stands for {@link NamespacePlaceholder#NOTHING}
     */
    boolean matches(CharSequence candidate, String inserted) {
        if (!perNamespace) {
            return matches(candidate);
        }
        return !inserted.equals(NamespacePlaceholder.NOTHING)
                && inserting(inserted).matches(candidate);
    }

    /**
     * Matches a whole text.
     *
     * @param candidate the text
     * @return whether this glob matches it
     */
    public boolean matches(CharSequence candidate) {
        return isLiteral() ? text.contentEquals(candidate) : matchesWildcards(candidate);
    }

    /**
     * On a mismatch only the last star takes one more character. Earlier stars need no retry: the part between two
     * stars matched at its leftmost position, and any other position leaves less text for the rest.
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

    /** {@return the number of chars of the character at an index: 2 for a surrogate pair} */
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

    /** {@return the glob as written} */
    @Override
    public String toString() {
        return text;
    }
}
