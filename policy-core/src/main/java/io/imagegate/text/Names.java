package io.imagegate.text;

/**
 * Grammar for names of policies, rules, sets and policy tests. Metric labels, audit annotations and file paths contain
 * these names.
 *
 * @since 0.1
 */
public final class Names {

    private static final int LIMIT = 63;

    /** Number of characters of an invalid name in a message. */
    public static final int SHOWN = 200;

    private Names() {}

    /**
     * Checks a name.
     *
     * @param what the named thing, for the message
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if the name is invalid
     */
    public static String require(String what, String name) {
        if (!valid(name)) {
            throw new IllegalArgumentException(what + " " + SafeText.quote(name, SHOWN) + ": expected a name of 1 to "
                    + LIMIT + " lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit");
        }
        return name;
    }

    /** {@return whether a text is a label of RFC 1123, as the name of each namespace of Kubernetes is} */
    public static boolean isLabel(String text) {
        return text.indexOf('.') < 0 && valid(text);
    }

    /**
     * {@return the name of a namespace that somebody wrote; empty if the text is none, so that the namespace is unknown}
     *
     * @param text what was written
     */
    public static String namespaceOrUnknown(String text) {
        return isLabel(text) ? text : "";
    }

    /**
     * Checks the name of a namespace.
     *
     * @param name the name; empty if it is unknown
     * @return the name
     * @throws IllegalArgumentException if no namespace can have it
     */
    public static String requireNamespace(String name) {
        if (!name.isEmpty() && !isLabel(name)) {
            throw new IllegalArgumentException("namespace " + SafeText.quote(name, SHOWN) + ": expected at most "
                    + LIMIT + " lower-case letters, digits and '-', with a letter or digit at both ends");
        }
        return name;
    }

    private static boolean valid(String name) {
        if (name.isEmpty() || name.length() > LIMIT || !alphanumeric(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!alphanumeric(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return alphanumeric(name.charAt(name.length() - 1));
    }

    private static boolean alphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
