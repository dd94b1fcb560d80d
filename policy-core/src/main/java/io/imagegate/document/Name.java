package io.imagegate.document;

import java.util.regex.Pattern;

/** What sets and policy tests may be called: the same as policies and rules. */
final class Name {

    private static final Pattern PATTERN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    private Name() {}

    static String check(String what, String name) {
        if (!PATTERN.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " " + YamlNode.quote(name)
                    + ": expected a name of 1 to 63 lower-case letters, digits, '-' or '.',"
                    + " beginning and ending with a letter or digit");
        }
        return name;
    }
}
