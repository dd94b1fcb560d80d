package io.imagegate.text;

import java.util.regex.Pattern;

/**
 * Checks keys of labels and annotations, and values of labels, against the syntax of Kubernetes.
 *
 * @since 0.1
 */
public final class MetadataText {

    private static final int LONGEST_PREFIX = 253;
    private static final int LONGEST_NAME = 63;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?");

    /** Letter case of a prefix does not count, because the API server converts it to lower case before the check. */
    private static final Pattern PREFIX =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private MetadataText() {}

    /**
     * {@return the key of a label or annotation}
     *
     * @param what what has the key, for the message
     * @param key the key
     * @throws IllegalArgumentException if the key is invalid
     */
    public static String requireKey(String what, String key) {
        int slash = key.indexOf('/');
        boolean valid = isName(key.substring(slash + 1)) && (slash < 0 || isPrefix(key.substring(0, slash)));
        if (!valid) {
            throw new IllegalArgumentException(what + " " + SafeText.quote(key, Names.SHOWN)
                    + ": expected a key such as example.com/team: at most 63 letters, digits, '-', '_' or '.',"
                    + " beginning and ending with a letter or digit, optionally after a DNS name and '/'");
        }
        return key;
    }

    /**
     * {@return the value of a label}
     *
     * @param value the value
     * @throws IllegalArgumentException if the value is invalid
     */
    public static String requireLabelValue(String value) {
        if (!value.isEmpty() && !isName(value)) {
            throw new IllegalArgumentException("value of a label " + SafeText.quote(value, Names.SHOWN)
                    + ": expected at most 63 letters, digits, '-', '_' or '.',"
                    + " beginning and ending with a letter or digit");
        }
        return value;
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }

    private static boolean isPrefix(String text) {
        return text.length() <= LONGEST_PREFIX && PREFIX.matcher(text).matches();
    }
}
