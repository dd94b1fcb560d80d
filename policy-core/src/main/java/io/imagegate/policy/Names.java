package io.imagegate.policy;

import io.imagegate.text.SafeText;

/** What a policy or a rule may be called: a name that stands in metric labels, audit annotations and file paths. */
final class Names {

    private static final int LIMIT = 63;

    /** How much of a wrong name a message shows. */
    static final int SHOWN = 200;

    private Names() {}

    static String require(String what, String name) {
        if (!valid(name)) {
            throw new IllegalArgumentException(what + " " + SafeText.quote(name, SHOWN) + ": expected a name of 1 to "
                    + LIMIT + " lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit");
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
