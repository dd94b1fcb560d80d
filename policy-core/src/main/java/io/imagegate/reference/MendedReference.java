package io.imagegate.reference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reference that was probably meant by a text that is none. */
final class MendedReference {

    private static final int LONGEST = 512;
    private static final List<String> SCHEMES = List.of("https://", "http://", "docker://");
    private static final String HUB = "hub.docker.com/";

    private MendedReference() {}

    /**
     * {@return a valid reference; empty if no simple change makes one}
     *
     * @param text the text that is no reference
     */
    static Optional<String> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String name = lowerCase(ofHub(withoutScheme(text.strip())));
        return name.equals(text)
                ? Optional.empty()
                : ImageReference.tryParse(name)
                        .filter(ImageReference::hasRegistry)
                        .map(ImageReference::text);
    }

    private static String withoutScheme(String text) {
        return SCHEMES.stream()
                .filter(scheme -> text.regionMatches(true, 0, scheme, 0, scheme.length()))
                .findFirst()
                .map(scheme -> text.substring(scheme.length()))
                .orElse(text);
    }

    /** {@return the name of the repository of which a text is the page on Docker Hub, or the text} */
    private static String ofHub(String text) {
        if (!text.startsWith(HUB)) {
            return text;
        }
        String[] parts = text.substring(HUB.length()).split("[/?#]", -1);
        if (parts.length >= 2 && parts[0].equals("_")) {
            return parts[1];
        }
        return parts.length >= 3 && parts[0].equals("r") ? parts[1] + "/" + parts[2] : text;
    }

    /** Tags may have capital letters. */
    private static String lowerCase(String text) {
        int digest = text.indexOf('@');
        int end = digest < 0 ? text.length() : digest;
        int colon = text.lastIndexOf(':', end - 1);
        int name = colon > text.lastIndexOf('/', end - 1) ? colon : end;
        return text.substring(0, name).toLowerCase(Locale.ROOT) + text.substring(name);
    }
}
