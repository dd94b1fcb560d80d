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

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?");
    private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9*?]([a-z0-9.*?-]*[a-z0-9*?])?");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9*?]([A-Za-z0-9_.*?-]*[A-Za-z0-9*?])?");

    private static final GlobSyntax TAG = new GlobSyntax(
            "tag",
            Pattern.compile("[A-Za-z0-9_*?][A-Za-z0-9_.*?-]*"),
            128,
            "a tag has only letters, digits, '_', '.' and '-'",
            "",
            text -> text.substring(text.lastIndexOf(':') + 1));
    private static final GlobSyntax VARIANT = new GlobSyntax(
            "variant",
            TAG.pattern(),
            TAG.longest(),
            "a variant follows the first '-' after a version and has only letters, digits, '_', '.' and '-'",
            "",
            text -> text.startsWith("-") ? text.substring(1) : text);
    private static final GlobSyntax NAMESPACE = new GlobSyntax(
            "namespace",
            DNS_LABEL,
            63,
            "a namespace has only lower-case letters, digits and '-'",
            "exceptNamespaces: GLOBS",
            Globs::lowerCase);
    private static final GlobSyntax NAME = new GlobSyntax(
            "name",
            DNS_NAME,
            253,
            "the name of an object has only lower-case letters, digits, '-' and '.'",
            "exceptNames: GLOBS",
            Globs::lowerCase);
    private static final GlobSyntax CONTAINER = new GlobSyntax(
            "container",
            DNS_LABEL,
            63,
            "the name of a container has only lower-case letters, digits and '-'",
            "exceptContainers: {names: GLOBS}",
            Globs::lowerCase);
    private static final GlobSyntax LABEL_VALUE = new GlobSyntax(
            "value of a label",
            LABEL,
            63,
            "the value of a label has only letters, digits, '_', '.' and '-', with a letter or digit at both ends,",
            "",
            text -> text);

    /** What only the name of a service account has, before its namespace. */
    public static final String ACCOUNT = "system:serviceaccount:";

    /** The group of all service accounts; with a colon and a namespace, that of its service accounts. */
    public static final String ACCOUNTS = "system:serviceaccounts";

    private Globs() {}

    /** Numbers keep their digits: a tag {@code 1.20} is not 1.2. */
    public static Optional<GlobSet> tags(YamlNode list) {
        return read(list, TAG::check);
    }

    /** {@return globs of what tags name behind a version; an empty text stands for nothing} */
    public static Optional<List<String>> variants(YamlNode list) {
        return list.list(item -> glob(item, text -> text.isEmpty() ? text : VARIANT.check(text)));
    }

    public static Optional<GlobSet> namespaces(YamlNode list) {
        return read(list, NAMESPACE::check);
    }

    /** Reads names of users. */
    public static Optional<GlobSet> users(YamlNode list) {
        return read(list, Globs::user);
    }

    /** Reads names of groups of users. */
    public static Optional<GlobSet> groups(YamlNode list) {
        return read(list, Globs::group);
    }

    /** Reads names of objects. */
    static Optional<GlobSet> names(YamlNode list) {
        return read(list, NAME::check);
    }

    static Optional<GlobSet> containers(YamlNode list) {
        return read(list, CONTAINER::check);
    }

    /** Reads the values of a label, or the only one. */
    static Optional<GlobSet> labelValues(YamlNode node) {
        return readAny(node, LABEL_VALUE::check);
    }

    /** Reads the values of an annotation, or the only one. */
    static Optional<GlobSet> annotationValues(YamlNode node) {
        return readAny(node, text -> GlobSet.of(text).toString());
    }

    /** Reads globs that a function checks. */
    static Optional<GlobSet> read(YamlNode list, Function<String, String> checked) {
        return list.list(item -> glob(item, checked)).map(GlobSet::of);
    }

    private static Optional<GlobSet> readAny(YamlNode node, Function<String, String> checked) {
        return node.isList() ? read(node, checked) : glob(node, checked).map(GlobSet::of);
    }

    private static Optional<String> glob(YamlNode item, Function<String, String> checked) {
        return item.textOrNumber().flatMap(text -> item.parse(text, checked));
    }

    private static String user(String text) {
        if (text.startsWith(ACCOUNTS)) {
            throw new IllegalArgumentException("user " + YamlNode.quote(text)
                    + " can never match: this is the name of a group; write it as one of groups");
        }
        boolean exact = text.indexOf('*') < 0 && text.indexOf('?') < 0;
        if (exact
                && text.startsWith(ACCOUNT)
                && text.chars().filter(c -> c == ':').count() != 3) {
            throw new IllegalArgumentException("user " + YamlNode.quote(text)
                    + " can never match: expected system:serviceaccount:NAMESPACE:NAME (did you mean "
                    + YamlNode.quote(text.replaceFirst(":*$", "") + ":*") + "?)");
        }
        return GlobSet.of(text).toString();
    }

    private static String group(String text) {
        if (text.startsWith(ACCOUNT)) {
            throw new IllegalArgumentException("group " + YamlNode.quote(text)
                    + " can never match: this is the name of a user; write it as one of users");
        }
        return GlobSet.of(text).toString();
    }

    private static String lowerCase(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith("-") ? lower + "*" : lower;
    }
}
