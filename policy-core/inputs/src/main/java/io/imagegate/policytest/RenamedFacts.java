package io.imagegate.policytest;

import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.Mutation;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The facts of a case by the names that a mutation gives its images. An image that was pinned has the facts of its tag, if that
 * has the digest.
 *
 * @param given the facts by the names that the case writes
 * @param written the written name for each name without a digest that images can have
 */
record RenamedFacts(CaseFacts given, Map<ImageReference, ImageReference> written) implements FactSource {

    static FactSource of(CaseFacts given, Optional<Mutation> mutation) {
        return mutation.<FactSource>map(change -> new RenamedFacts(given, names(given, change)))
                .orElse(given);
    }

    private static Map<ImageReference, ImageReference> names(CaseFacts given, Mutation mutation) {
        Map<ImageReference, ImageReference> names = new HashMap<>();
        for (ImageReference image : given.images()) {
            names.put(image, image);
            mutation.rewrite(image).flatMap(ImageReference::tryParse).ifPresent(name -> names.putIfAbsent(name, image));
        }
        return names;
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        CompletableFuture<Map<ImageReference, ImageFacts>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (Map.Entry<ImageReference, Set<Need<?>>> need : needs.entrySet()) {
            all = all.thenCombine(find(need.getKey(), need.getValue(), limit), (found, facts) -> {
                found.put(need.getKey(), facts);
                return found;
            });
        }
        return all;
    }

    private CompletableFuture<ImageFacts> find(ImageReference image, Set<Need<?>> wanted, Duration limit) {
        ImageReference name = written.getOrDefault(image, unpinned(image).orElse(image));
        if (name.hasDigest() || !image.hasDigest()) {
            return ask(name, wanted, limit);
        }
        Set<Need<?>> withDigest = new LinkedHashSet<>(wanted);
        withDigest.add(Need.DIGEST);
        return ask(name, withDigest, limit)
                .thenCompose(facts -> facts.digest().value().equals(image.digest())
                        ? CompletableFuture.completedFuture(facts)
                        : ask(image, wanted, limit));
    }

    private CompletableFuture<ImageFacts> ask(ImageReference image, Set<Need<?>> wanted, Duration limit) {
        return given.find(Map.of(image, wanted), limit).thenApply(found -> found.getOrDefault(image, ImageFacts.NONE));
    }

    /** {@return the written name of an image that was pinned} */
    private Optional<ImageReference> unpinned(ImageReference image) {
        return image.digest()
                .flatMap(digest -> written.entrySet().stream()
                        .filter(entry -> !entry.getKey().hasDigest())
                        .filter(entry ->
                                tagged(entry.getKey()).withDigest(digest).equals(image))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private static ImageReference tagged(ImageReference image) {
        return image.hasTag() ? image : image.withTag("latest");
    }
}
