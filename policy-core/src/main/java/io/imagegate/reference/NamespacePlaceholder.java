package io.imagegate.reference;

/**
 * The placeholder {@code {namespace}} in the path of a pattern, and what is inserted for it: the namespace of a review, {@link #ANY}
 * or {@link #NOTHING}.
 */
final class NamespacePlaceholder {

    static final String TEXT = "{namespace}";

    /** Matches every namespace, none of which is empty. */
    static final String ANY = "?*";

    /** Inserted for a namespace that is not told: a pattern with the placeholder then matches no image. */
    static final String NOTHING = "";

    private static final int LONGEST = 63;

    private NamespacePlaceholder() {}

    static boolean isIn(String pattern) {
        return pattern.contains(TEXT);
    }

    /**
     * {@return whether a text is a label of RFC 1123, as the name of each namespace is} Such a label is literal in a pattern, and
     * can stand wherever a letter can.
     */
    static boolean isNamespace(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            boolean edge = i == 0 || i == text.length() - 1;
            int allowed = edge ? CharacterClass.LOWER_OR_DIGIT : CharacterClass.LOWER_OR_DIGIT | CharacterClass.DASH;
            if ((CharacterClass.of(text.charAt(i)) & allowed) == 0) {
                return false;
            }
        }
        return true;
    }
}
