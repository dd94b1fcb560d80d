package io.imagegate.cli.option;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Registries of the images that are looked up: each one's own host alone. Thread-safe. */
final class PerHostRegistries implements FactSource {

    /** Each has threads and connections of its own. */
    private static final int MOST = 32;

    private final RegistryAccess access;
    private final Map<String, Registries> open = new HashMap<>();

    PerHostRegistries(RegistryAccess access) {
        this.access = access;
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Map<ImageReference, ImageFacts> unusable = new HashMap<>();
        Map<Registries, Map<ImageReference, Set<Need<?>>>> byRegistry = new HashMap<>();
        needs.forEach((image, wanted) -> {
            try {
                byRegistry
                        .computeIfAbsent(registries(image), r -> new HashMap<>())
                        .put(image, wanted);
            } catch (IllegalArgumentException host) {
                unusable.put(
                        image,
                        ImageFacts.at(TimeSource.system().instant())
                                .with(Need.DIGEST, Fact.undecidable(String.valueOf(host.getMessage()))));
            }
        });
        List<CompletableFuture<Map<ImageReference, ImageFacts>>> found = new ArrayList<>();
        byRegistry.forEach((registries, part) -> found.add(registries.find(part, limit)));
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new)).thenApply(all -> {
            Map<ImageReference, ImageFacts> facts = new HashMap<>(unusable);
            found.forEach(part -> facts.putAll(part.join()));
            return facts;
        });
    }

    private synchronized Registries registries(ImageReference image) {
        Registries own = open.get(image.registry());
        if (own == null) {
            if (open.size() == MOST) {
                throw new IllegalArgumentException(
                        "images of more than " + MOST + " registries: name them with --registries FILE");
            }
            own = Registries.of(OwnRegistry.of(image, access));
            open.put(image.registry(), own);
        }
        return own;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Registries::close);
    }
}
