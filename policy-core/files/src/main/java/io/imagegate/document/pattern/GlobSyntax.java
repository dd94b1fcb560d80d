package io.imagegate.document.pattern;

import io.imagegate.document.yaml.YamlNode;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Syntax of the globs that can match texts of one kind.
 *
 * @param what the kind of text, such as {@code namespace}
 * @param pattern what such a glob consists of
 * @param longest length of the longest text
 * @param expected a sentence about such texts
 * @param except the entry of a match that excludes such texts, with {@code GLOBS} for their list; empty if there is none
 * @param meant makes a glob of a text that probably means one
 */
record GlobSyntax(
        String what, Pattern pattern, int longest, String expected, String except, UnaryOperator<String> meant) {

    /**
     * {@return the glob}
     *
     * @throws IllegalArgumentException if it can never match
     */
    String check(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a glob must not be empty: write * for any text");
        }
        if (pattern.matcher(text).matches() && text.replace("*", "").length() <= longest) {
            return text;
        }
        throw new IllegalArgumentException(what + " " + YamlNode.quote(text) + " can never match: " + expected
                + " and the wildcards '*' and '?'" + hint(text));
    }

    private String hint(String text) {
        if (text.contains(",")) {
            return "; write each as an element of the list: ["
                    + YamlNode.quote(text.replace(" ", "").replace(",", ", ")).replace("\"", "")
                    + "]";
        }
        if (text.startsWith("!") && !except.isEmpty()) {
            String list = "[" + YamlNode.quote(text.substring(1)) + "]";
            return "; to exclude a " + what + ", write " + except.replace("GLOBS", list) + " in a match";
        }
        String glob = meant.apply(withoutAnchors(text));
        return pattern.matcher(glob).matches() ? " (did you mean " + YamlNode.quote(glob) + "?)" : "";
    }

    /** Converts a regular expression to a glob, if a glob can express it. */
    private static String withoutAnchors(String text) {
        String start = text.startsWith("^") ? text.substring(1) : text;
        String inner = start.endsWith("$") ? start.substring(0, start.length() - 1) : start;
        return inner.replace(".*", "*").strip();
    }
}
