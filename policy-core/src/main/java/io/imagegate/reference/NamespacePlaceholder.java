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

    private NamespacePlaceholder() {}

    static boolean isIn(String pattern) {
        return pattern.contains(TEXT);
    }
}
