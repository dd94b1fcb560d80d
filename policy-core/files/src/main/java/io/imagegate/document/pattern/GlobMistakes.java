package io.imagegate.document.pattern;

import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Warns of regular expressions where globs are compared, and of groups among users. */
public final class GlobMistakes {

    private static final Set<String> GROUPS = Set.of(
            "system:masters",
            "system:authenticated",
            "system:unauthenticated",
            "system:nodes",
            "system:monitoring",
            "system:bootstrappers",
            "kubeadm:cluster-admins");
    private static final String BOOTSTRAPPERS = "system:bootstrappers:";

    /** {@code *.*} is a glob. */
    private static final Pattern ANYTHING = Pattern.compile("(?<![*?])\\.[*+]");

    private static final Pattern CLASS =
            Pattern.compile("\\[[^\\[\\]]{1,100}\\](?:[*+?]|\\{\\d{1,9}(?:,\\d{0,9})?\\})");
    private static final Pattern ESCAPED = Pattern.compile("\\\\[dwsDWS.]");

    /** Of a tag, numbers end at a dot, as in {@code 1.25.*}. */
    private static final Pattern ANYTHING_IN_TAG = Pattern.compile("(?<![*?0-9])\\.\\*");

    /** Identity providers put their name and such a line before the name of a user. */
    private static final Pattern PROVIDER = Pattern.compile(
            "(?:.*[#:/])?(?:auth0|google-oauth2|github|gitlab|windowslive|facebook|twitter|linkedin|apple|samlp|waad|adfs|ad|ldap"
                    + "|oauth2|oidc|okta|pingfederate|email|sms)\\|[^|]*(?:\\|[^|]*)?");

    private GlobMistakes() {}

    /** Checks names of users. */
    public static void users(YamlNode list, PolicyWarnings warnings) {
        for (YamlNode item : list.elements()) {
            String text = item.written();
            if (GROUPS.contains(text) || text.startsWith(BOOTSTRAPPERS)) {
                warnings.mistake(
                        item, YamlNode.quote(text) + " is the name of a group, and no user has it: compare groups");
            }
        }
        texts(list, warnings);
    }

    /** Checks names of groups or objects. */
    public static void texts(YamlNode list, PolicyWarnings warnings) {
        list.elements().stream()
                .filter(item -> isRegularExpression(item.written()))
                .forEach(item -> warn(item, warnings));
    }

    /** Checks tags, in which few signs of regular expressions can stand. */
    public static void tags(YamlNode list, PolicyWarnings warnings) {
        list.elements().stream()
                .filter(item -> ANYTHING_IN_TAG.matcher(item.written()).find())
                .forEach(item -> warn(item, warnings));
    }

    /** Checks the value of break-glass. It is a password if it has no wildcard, so the message does not have it. */
    public static void secret(YamlNode value, PolicyWarnings warnings) {
        if (isRegularExpression(value.written())) {
            warnings.mistake(
                    value,
                    "this looks like a regular expression, and is compared as a glob, in which only '*' and '?' are wildcards: write"
                            + " one such as \"INC-*\"");
        }
    }

    private static void warn(YamlNode item, PolicyWarnings warnings) {
        String text = item.written();
        String meant = glob(text).orElse("");
        String advice = hasAlternatives(text)
                ? "each alternative as an element of the list"
                : meant.isEmpty() ? "one such as \"ci-*\"" : YamlNode.quote(meant);
        warnings.mistake(
                item,
                YamlNode.quote(text)
                        + " looks like a regular expression, and is compared as a glob, in which only '*' and '?' are wildcards: write "
                        + advice,
                meant);
    }

    private static boolean isRegularExpression(String text) {
        return text.startsWith("^")
                || ANYTHING.matcher(text).find()
                || CLASS.matcher(text).find()
                || ESCAPED.matcher(text).find()
                || (text.contains("|")
                        && !PROVIDER.matcher(text.toLowerCase(Locale.ROOT)).matches());
    }

    private static boolean hasAlternatives(String text) {
        return text.contains("|") || text.contains("(");
    }

    /**
     * {@return a glob that matches what a regular expression does, and perhaps more; empty if it has alternatives, or if it would
     * match everything: whoever follows a suggestion does not want to let in everybody}
     */
    private static Optional<String> glob(String text) {
        if (hasAlternatives(text)) {
            return Optional.empty();
        }
        String start = text.startsWith("^") ? text.substring(1) : text;
        String glob = start.endsWith("$") ? start.substring(0, start.length() - 1) : start;
        glob = CLASS.matcher(glob).replaceAll("*");
        glob = glob.replaceAll("\\\\[dwsDWS][*+]?", "*").replace("\\.", ".");
        glob = glob.replaceAll("(?<![*?])\\.[*+]", "*");
        boolean isAnything = glob.chars().allMatch(c -> c == '*' || c == '?');
        return isAnything || glob.equals(text) ? Optional.empty() : Optional.of(glob);
    }
}
