package io.imagegate.admission;

import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.text.SafeText;

/**
 * Checks that objects of a kind can have images: it must be a built-in workload or the kind of a custom resource.
 *
 * @since 0.1
 */
public final class MatchedKind {

    private static final int SHOWN = 60;

    private MatchedKind() {}

    /**
     * {@return the text, a glob of kinds such as {@code Deployment.apps} or {@code *.argoproj.io}}
     *
     * @param text the text as written
     * @throws IllegalArgumentException if the text is blank or can never match
     */
    public static String check(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("kind: expected Kind.group, got a blank text");
        }
        if (text.contains("/")) {
            throw neverMatches(text, "expected Kind.group, without a version", IgnoredKind.suggestion(text));
        }
        if (!IgnoredKind.isGlob(text)) {
            throw neverMatches(
                    text,
                    "expected Kind.group of letters, digits and '-', with the wildcards '*' and '?'",
                    text.contains(",") ? "; write each as an element of the list" : "");
        }
        if (!isGlob(text)) {
            requireImages(text, ObjectKind.parse(text));
        }
        return text;
    }

    /**
     * {@return the text, a kind such as {@code Deployment.apps}}
     *
     * @param text the text as written
     * @throws IllegalArgumentException if no object with images has this kind
     */
    public static String checkExact(String text) {
        if (isGlob(text)) {
            throw neverMatches(text, "expected a kind without wildcards, such as Deployment.apps", "");
        }
        return check(text);
    }

    private static boolean isGlob(String text) {
        return text.contains("*") || text.contains("?");
    }

    /** Custom resources have a group with a dot; which of them have images, the kind does not tell. */
    private static void requireImages(String text, ObjectKind kind) {
        boolean custom = kind.group().contains(".");
        if ((custom && Character.isUpperCase(text.charAt(0))) || kind.isWorkload()) {
            return;
        }
        String workload = kind.orWorkload().isWorkload() ? kind.orWorkload().toString() : kind.meant();
        String meant = custom ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : workload;
        throw neverMatches(
                text,
                "expected a kind that has images, with its group, such as Pod, Deployment.apps or Rollout.argoproj.io",
                meant.isEmpty() || meant.equals(text) ? "" : " (did you mean " + quote(meant) + "?)");
    }

    private static IllegalArgumentException neverMatches(String text, String expected, String hint) {
        return new IllegalArgumentException("kind " + quote(text) + " can never match: " + expected + hint);
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
