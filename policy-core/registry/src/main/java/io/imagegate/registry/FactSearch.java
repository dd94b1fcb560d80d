package io.imagegate.registry;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.Failure;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Finds the facts that reviews need, in parallel, and returns those that are known shortly before the limit. */
final class FactSearch {

    /** How long before the limit the answer is given, so that it arrives in time. */
    private static final Duration EARLY = Duration.ofMillis(100);

    private final Registries registries;
    private final TimeSource clock;

    FactSearch(Registries registries, TimeSource clock) {
        this.registries = registries;
        this.clock = clock;
    }

    /** What was asked about one image. */
    private record Asked(
            CompletableFuture<Fact<Digest>> digest, Optional<CompletableFuture<Fact<ImageMetadata>>> metadata) {

        CompletableFuture<?> last() {
            return metadata.<CompletableFuture<?>>map(found -> found).orElse(digest);
        }
    }

    CompletableFuture<Map<ImageReference, ImageFacts>> find(Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Map<ImageReference, Asked> asked = new LinkedHashMap<>();
        needs.forEach((image, wanted) -> asked.put(image, ask(image, wanted)));
        Duration tenth = limit.dividedBy(10);
        Duration wait = limit.minus(tenth.compareTo(EARLY) < 0 ? tenth : EARLY);
        CompletableFuture<?>[] all = asked.values().stream().map(Asked::last).toArray(CompletableFuture[]::new);
        return clock.completeAfter(CompletableFuture.allOf(all), wait, () -> null)
                .thenApply(over -> facts(asked, wait));
    }

    private Asked ask(ImageReference image, Set<Need<?>> wanted) {
        CompletableFuture<Fact<Digest>> digest = registries.digest(image);
        return new Asked(
                digest,
                wanted.contains(Need.METADATA)
                        ? Optional.of(digest.thenCompose(found -> metadata(image, found)))
                        : Optional.empty());
    }

    private CompletableFuture<Fact<ImageMetadata>> metadata(ImageReference image, Fact<Digest> digest) {
        return digest.value()
                .map(found -> registries.metadata(image, found))
                .orElseGet(() -> CompletableFuture.completedFuture(unknown(digest)));
    }

    /** {@return the metadata of an image whose digest is not known} */
    private static Fact<ImageMetadata> unknown(Fact<Digest> digest) {
        Fact<ImageMetadata> unknown =
                Failure.of(digest.state(), digest.reason()).fact();
        return digest.isCached() ? unknown.asCached() : unknown;
    }

    private Map<ImageReference, ImageFacts> facts(Map<ImageReference, Asked> asked, Duration waited) {
        Instant now = clock.instant();
        Map<ImageReference, ImageFacts> facts = new HashMap<>();
        asked.forEach((image, about) -> {
            ImageFacts digest = ImageFacts.at(now).with(Need.DIGEST, now(image, about.digest(), waited));
            facts.put(
                    image,
                    about.metadata()
                            .map(metadata -> digest.with(Need.METADATA, now(image, metadata, waited)))
                            .orElse(digest));
        });
        return facts;
    }

    private static <T> Fact<T> now(ImageReference image, CompletableFuture<Fact<T>> asked, Duration waited) {
        return asked.getNow(Fact.undecidable(
                Failure.shown(image.registry()) + " did not answer within " + waited.toMillis() + " ms, so try again"));
    }
}
