package io.imagegate.document.pattern;

import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import java.util.Collection;

/** Patterns that match all images of some registries. */
public final class RegistryPatterns {

    private RegistryPatterns() {}

    /** {@return patterns of all images of some hosts} */
    public static PatternSet of(Collection<String> hosts) {
        return PatternSet.of(hosts.stream()
                .filter(RegistryPatterns::isRegistry)
                .map(host -> ImagePattern.parse(host + "/**"))
                .toList());
    }

    /** {@return whether a first segment is a registry: as in a reference, another one is a part of Docker Hub} */
    static boolean isRegistry(String segment) {
        return segment.indexOf('.') >= 0 || segment.indexOf(':') >= 0 || segment.equals("localhost");
    }
}
