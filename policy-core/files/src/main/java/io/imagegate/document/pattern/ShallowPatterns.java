package io.imagegate.document.pattern;

import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Patterns that name a registry, have a wildcard, and yet match no path of several segments, such as {@code ghcr.io/*} and
 * {@code ghcr.io/acme*}. In the scope of a rule they look as if they matched {@code ghcr.io/acme/api}.
 */
final class ShallowPatterns {

    private ShallowPatterns() {}

    /** {@return such patterns, and for each the one that matches deeper paths, which the set does not cover} */
    static Map<String, String> in(PatternSet set) {
        Map<String, String> found = new LinkedHashMap<>();
        for (ImagePattern pattern : set.patterns()) {
            deeper(pattern.toString())
                    .filter(deeper -> !set.covers(ImagePattern.parse(deeper)))
                    .ifPresent(deeper -> found.put(pattern.toString(), deeper));
        }
        return found;
    }

    /** {@return the pattern that also matches deeper paths, for one that looks as if it did} */
    static Optional<String> deeper(String pattern) {
        int slash = pattern.indexOf('/');
        if (slash != pattern.lastIndexOf('/')
                || !RegistryPatterns.isRegistry(pattern.substring(0, Math.max(0, slash)))) {
            return Optional.empty();
        }
        int end = slash + 1;
        while (end < pattern.length() && pattern.charAt(end) != ':' && pattern.charAt(end) != '@') {
            end++;
        }
        String segment = pattern.substring(slash + 1, end);
        if (segment.equals("**") || segment.indexOf('*') < 0) {
            return Optional.empty();
        }
        String path = segment.equals("*") ? "**" : segment + "/**";
        return Optional.of(pattern.substring(0, slash + 1) + path + pattern.substring(end));
    }
}
