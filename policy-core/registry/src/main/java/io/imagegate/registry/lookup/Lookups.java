package io.imagegate.registry.lookup;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.api.RegistryClient;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.endpoint.Endpoints;
import io.imagegate.registry.endpoint.Launcher;
import io.imagegate.registry.endpoint.RepositoryLocation;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.metadata.ImageContent;
import io.imagegate.registry.metadata.MetadataReader;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/** The questions to a registry that take one flight each. Thread-safe. */
public final class Lookups implements ImageContent {

    private final Duration tags;
    private final Duration absent;
    private final Endpoints endpoints;
    private final TimeSource time;
    private final Launcher launcher;
    private final Questions questions;
    private final RegistryClient client;

    public Lookups(
            Duration tags,
            Duration absent,
            Endpoints endpoints,
            Launcher launcher,
            Questions questions,
            TimeSource time) {
        this.tags = tags;
        this.absent = absent;
        this.endpoints = endpoints;
        this.launcher = launcher;
        this.questions = questions;
        this.time = time;
        this.client = new RegistryClient(time);
    }

    /** {@return these look-ups for one of their users} */
    public Lookups sharedBy(String name) {
        return new Lookups(tags, absent, endpoints, launcher.sharedBy(name), questions, time);
    }

    public CompletableFuture<Fact<Digest>> digest(ImageReference image) {
        String reference = image.digest()
                .map(Digest::toString)
                .or(image::effectiveTag)
                .orElseThrow(() -> new IllegalStateException("an image has a tag or a digest"));
        return ask(
                image,
                "digest",
                reference,
                tags,
                digest -> AnswerMemory.DIGEST,
                (flight, place) -> client.head(flight, place, reference));
    }

    @Override
    public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, Digest digest) {
        return ask(
                image,
                "manifest",
                digest.toString(),
                AnswerCache.ALWAYS,
                AnswerMemory::manifest,
                (flight, place) -> client.manifest(flight, place, digest.toString()));
    }

    /** Reads what a tag names: signatures or referrers, which change as often as the list of the referrers API. */
    public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, String tag) {
        return ask(
                image,
                "tag",
                tag,
                absent,
                AnswerMemory::manifest,
                (flight, place) -> client.manifest(flight, place, tag));
    }

    /** Reads content, which is not kept. */
    public CompletableFuture<Fact<byte[]>> blob(ImageReference image, Descriptor descriptor, long limit) {
        Digest digest = descriptor.digest();
        long size = descriptor.size();
        if (size > limit) {
            return CompletableFuture.completedFuture(
                    Fact.undecidable(digest + " has " + size + " bytes, expected at most " + limit));
        }
        return ask(
                image,
                "blob",
                digest + " " + size,
                Duration.ZERO,
                content -> 0,
                (flight, place) -> client.blob(flight, place, digest, size));
    }

    /** Reads the list of the referrers API. */
    CompletableFuture<Fact<List<Descriptor>>> referrers(ImageReference image, Digest digest) {
        return ask(
                image,
                "referrers",
                digest.toString(),
                absent,
                AnswerMemory::descriptors,
                (flight, place) -> client.referrers(flight, place, digest));
    }

    /** Reads the configuration of an image, and keeps what it says. */
    @Override
    public CompletableFuture<Fact<ImageConfig>> config(ImageReference image, Manifest manifest) {
        Descriptor config = MetadataReader.config(manifest);
        RepositoryLocation place = endpoints.place(image);
        return questions.ask(new Questions.Question<>(
                launcher.share(place.endpoint()),
                // The size is part of it, or a kept answer would hide that a manifest gives a false one.
                new AnswerCache.Key("config", place.name(), config.digest() + " " + config.size()),
                AnswerCache.ALWAYS,
                AnswerMemory::config,
                () -> blob(image, config, ImageConfig.LIMIT)
                        .thenApply(read -> ImageConfig.read(MetadataReader.part(read)))));
    }

    private <T> CompletableFuture<Fact<T>> ask(
            ImageReference image,
            String kind,
            String name,
            Duration period,
            ToLongFunction<T> weight,
            BiFunction<Flight, RepositoryLocation, CompletableFuture<T>> work) {
        RepositoryLocation place;
        try {
            place = endpoints.place(image);
        } catch (Failure e) {
            return CompletableFuture.completedFuture(e.fact());
        }
        Endpoint endpoint = place.endpoint();
        return questions.ask(new Questions.Question<>(
                launcher.share(endpoint),
                new AnswerCache.Key(kind, place.name(), name),
                period,
                weight,
                () -> launcher.launch(endpoint, endpoints.health(endpoint), flight -> work.apply(flight, place))));
    }
}
