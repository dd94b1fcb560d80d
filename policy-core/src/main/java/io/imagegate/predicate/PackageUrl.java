package io.imagegate.predicate;

import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Package URL (purl): {@code pkg:deb/debian/openssl@3.0.11-1?arch=amd64}. Parts that it does not have are empty. */
record PackageUrl(String type, String namespace, String name, String version, Map<String, String> qualifiers) {

    private static final String SCHEME = "pkg:";

    /** {@return the package URL that a text is; empty if it is none} */
    static Optional<PackageUrl> parse(String text) {
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            String rest = before(text.substring(SCHEME.length()), '#');
            String path = before(rest, '?').replaceFirst("^/+", "");
            int at = path.indexOf('@', path.lastIndexOf('/') + 1);
            String named = at < 0 ? path : path.substring(0, at);
            int first = named.indexOf('/');
            int last = named.lastIndexOf('/');
            if (first < 1 || last == named.length() - 1) {
                return Optional.empty();
            }
            return Optional.of(new PackageUrl(
                    named.substring(0, first).toLowerCase(Locale.ROOT),
                    first == last ? "" : decode(named.substring(first + 1, last)),
                    decode(named.substring(last + 1)),
                    at < 0 ? "" : decode(path.substring(at + 1)),
                    qualifiers(rest)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> qualifiers(String rest) {
        Map<String, String> qualifiers = new HashMap<>();
        int start = rest.indexOf('?');
        if (start >= 0) {
            for (String pair : rest.substring(start + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && equals < pair.length() - 1) {
                    qualifiers.put(
                            pair.substring(0, equals).toLowerCase(Locale.ROOT), decode(pair.substring(equals + 1)));
                }
            }
        }
        return Copies.of(qualifiers);
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /** Decodes percent signs; in package URLs a plus is a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** {@return whether this names a container image by a digest} */
    boolean isImage(Digest digest) {
        return (type.equals("oci") || type.equals("docker")) && version.equals(digest.toString());
    }

    /**
     * {@return whether a component is a package that this names} A version or qualifier that this does not have may be any. If
     * the report has no package URL of the component, names are compared, with and without the namespace.
     *
     * @param url the component's package URL, if it has one
     */
    boolean names(Component component, Optional<PackageUrl> url) {
        return url.map(this::includes).orElseGet(() -> isNameOf(component));
    }

    private boolean includes(PackageUrl other) {
        return type.equals(other.type)
                && namespace.equals(other.namespace)
                && name.equals(other.name)
                && isVersion(other.version)
                && other.qualifiers.entrySet().containsAll(qualifiers.entrySet());
    }

    private boolean isNameOf(Component component) {
        String other = component.name();
        return isVersion(component.version())
                && (other.equals(name) || other.equals(namespace + "/" + name) || other.equals(namespace + ":" + name));
    }

    private boolean isVersion(String other) {
        return version.isEmpty() || version.equals(other);
    }

    long weight() {
        return 300L
                + 2L
                        * (namespace.length()
                                + name.length()
                                + version.length()
                                + qualifiers.toString().length());
    }
}
