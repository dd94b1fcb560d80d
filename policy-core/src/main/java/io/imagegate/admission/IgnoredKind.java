package io.imagegate.admission;

import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.text.SafeText;
import java.util.regex.Pattern;

/**
 * Checks that a kind can be ignored: it must be the kind of a custom resource, not a built-in workload.
 *
 * @since 0.1
 */
public final class IgnoredKind {

    /** A kind, and the group of its API in lower case. */
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9*?-]+(\\.[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?)*");

    private static final int SHOWN = 60;

    private IgnoredKind() {}

    /**
     * {@return the text, a glob of kinds such as {@code *.monitoring.coreos.com}}
     *
     * @param text the text as written
     * @throws IllegalArgumentException if the text is blank, can never match, or is a built-in workload
     */
    public static String check(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("ignored kind: expected Kind.group, got a blank text");
        }
        if (text.contains("/")) {
            throw new IllegalArgumentException("ignored kind " + quote(text) + " can never match: expected"
                    + " Kind.group, without a version, such as Dashboard.example.com" + suggestion(text));
        }
        if (!isGlob(text)) {
            throw new IllegalArgumentException(
                    "ignored kind " + quote(text) + " can never match: expected Kind.group of"
                            + " letters, digits and '-', with the wildcards '*' and '?', such as Dashboard.example.com"
                            + (text.contains(",") ? "; write each as an element of the list" : ""));
        }
        if (isWorkload(text)) {
            throw new IllegalArgumentException("ignored kind " + quote(text) + ": the images of a built-in"
                    + " workload are known and always checked; expected the kind of a custom resource,"
                    + " such as Dashboard.example.com");
        }
        return text;
    }

    /** {@return whether a text is a glob that some kind with its group can match} */
    static boolean isGlob(String text) {
        return KIND.matcher(text).matches();
    }

    /** Also without a group, because no other kind of the core group has the name of a workload. */
    private static boolean isWorkload(String text) {
        return ObjectKind.parse(text).orWorkload().isWorkload();
    }

    /** Converts {@code group/version} and {@code Kind} of a manifest. */
    static String suggestion(String text) {
        String group = text.substring(0, text.indexOf('/'));
        String kind = text.substring(text.lastIndexOf('/') + 1);
        boolean named = !group.isEmpty() && !kind.isEmpty() && Character.isUpperCase(kind.charAt(0));
        return named ? " (did you mean " + quote(kind + "." + group) + "?)" : "";
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
