package io.imagegate.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference as patterns compare it: its {@linkplain RegistryName comparable registry}, its path in segments, its
 * effective tag and its digest; and what stands for the placeholder of the namespace in patterns.
 *
 * <p>Under every name of Docker Hub a repository of one segment is in {@code library/}. The grammar says so of two
 * names only, but no other image could be meant.
 */
record ImageKey(
        String registry,
        List<String> path,
        @Nullable String tag,
        @Nullable String digest,
        String inserted) {

    static ImageKey of(ImageReference reference) {
        String registry = RegistryName.comparable(reference.registry());
        String repository = reference.repository();
        if (registry.equals(RegistryName.DOCKER_HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        return new ImageKey(
                registry,
                segments(repository),
                reference.tag().orElse(reference.isLatest() ? "latest" : null),
                reference.digest().map(Digest::toString).orElse(null),
                NamespacePlaceholder.NOTHING);
    }

    /** {@return the same with a digest that nobody knows yet: only patterns that take any digest of registries match it} */
    ImageKey pinned() {
        return new ImageKey(registry, path, tag, "sha256:…", inserted);
    }

    /** {@return the same with text for the placeholder of the namespace} */
    ImageKey inserting(String text) {
        return inserted.equals(text) ? this : new ImageKey(registry, path, tag, digest, text);
    }

    private static List<String> segments(String repository) {
        return List.of(repository.split("/"));
    }
}
