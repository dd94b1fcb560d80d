package io.imagegate.document.pattern;

import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.GlobSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads lists of globs, and rejects globs that can never match. */
public final class Globs {

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_*?][A-Za-z0-9_.*?-]*");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?");
    private static final int LONGEST_TAG = 128;
    private static final int LONGEST_NAMESPACE = 63;

    private Globs() {}

    /** Numbers keep their digits: a tag {@code 1.20} is not 1.2. */
    public static Optional<GlobSet> tags(YamlNode list) {
        return read(list, Globs::tag);
    }

    /** {@return globs of what tags name behind a version; an empty text stands for nothing} */
    public static Optional<List<String>> variants(YamlNode list) {
        return list.list(item -> item.textOrNumber().flatMap(text -> item.parse(text, Globs::variant)));
    }

    public static Optional<GlobSet> namespaces(YamlNode list) {
        return read(list, Globs::namespace);
    }

    private static Optional<GlobSet> read(YamlNode list, Function<String, String> checked) {
        return list.list(item -> item.textOrNumber().flatMap(text -> item.parse(text, checked)))
                .map(GlobSet::of);
    }

    private static String tag(String text) {
        if (isVoid(text, TAG, LONGEST_TAG)) {
            String meant = withoutAnchors(text.substring(text.lastIndexOf(':') + 1));
            throw neverMatches("tag", text, "a tag has only letters, digits, '_', '.' and '-'", tagHint(text, meant));
        }
        return text;
    }

    private static String tagHint(String text, String meant) {
        return text.contains(",") ? oneEach(text) : didYouMean(meant, TAG);
    }

    private static String variant(String text) {
        if (!text.isEmpty() && isVoid(text, TAG, LONGEST_TAG)) {
            throw neverMatches(
                    "variant",
                    text,
                    "a variant follows the first '-' after a version and has only letters, digits, '_', '.' and '-'",
                    tagHint(text, withoutAnchors(text.startsWith("-") ? text.substring(1) : text)));
        }
        return text;
    }

    private static String namespace(String text) {
        if (isVoid(text, NAMESPACE, LONGEST_NAMESPACE)) {
            throw neverMatches(
                    "namespace", text, "a namespace has only lower-case letters, digits and '-'", namespaceHint(text));
        }
        return text;
    }

    private static String namespaceHint(String text) {
        if (text.contains(",")) {
            return oneEach(text);
        }
        if (text.startsWith("!")) {
            return "; to exclude a namespace, write exceptNamespaces: [" + YamlNode.quote(text.substring(1))
                    + "] in a match";
        }
        String meant = withoutAnchors(text.toLowerCase(Locale.ROOT));
        return didYouMean(meant.endsWith("-") ? meant + "*" : meant, NAMESPACE);
    }

    private static boolean isVoid(String text, Pattern pattern, int longest) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a glob must not be empty: write * for any text");
        }
        return !pattern.matcher(text).matches() || text.replace("*", "").length() > longest;
    }

    /** Converts a regular expression to a glob, if a glob can express it. */
    private static String withoutAnchors(String text) {
        String start = text.startsWith("^") ? text.substring(1) : text;
        String inner = start.endsWith("$") ? start.substring(0, start.length() - 1) : start;
        return inner.replace(".*", "*").strip();
    }

    private static String didYouMean(String meant, Pattern pattern) {
        return pattern.matcher(meant).matches() ? " (did you mean " + YamlNode.quote(meant) + "?)" : "";
    }

    private static String oneEach(String text) {
        return "; write each as an element of the list: ["
                + YamlNode.quote(text.replace(" ", "").replace(",", ", ")).replace("\"", "")
                + "]";
    }

    private static IllegalArgumentException neverMatches(String what, String text, String expected, String hint) {
        return new IllegalArgumentException(what + " " + YamlNode.quote(text) + " can never match: " + expected
                + " and the wildcards '*' and '?'" + hint);
    }
}
