package io.imagegate.registry;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/** The questions to a registry that take one flight each. Thread-safe. */
final class Lookups implements ImageContent {

    private final CachePeriods periods;
    private final Endpoints endpoints;
    private final Launcher launcher;
    private final Questions questions;
    private final RegistryClient client = new RegistryClient();

    Lookups(CachePeriods periods, Endpoints endpoints, Launcher launcher, Questions questions) {
        this.periods = periods;
        this.endpoints = endpoints;
        this.launcher = launcher;
        this.questions = questions;
    }

    CompletableFuture<Fact<Digest>> digest(ImageReference image) {
        String reference = image.digest()
                .map(Digest::toString)
                .or(image::effectiveTag)
                .orElseThrow(() -> new IllegalStateException("an image has a tag or a digest"));
        return ask(
                image,
                "digest",
                reference,
                periods.tags(),
                digest -> Weights.DIGEST,
                (flight, place) -> client.head(flight, place, reference));
    }

    @Override
    public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, Digest digest) {
        return ask(
                image,
                "manifest",
                digest.toString(),
                AnswerCache.ALWAYS,
                Weights::manifest,
                (flight, place) -> client.manifest(flight, place, digest.toString()));
    }

    /** Reads what a tag names: signatures or referrers, which change as often as the list of the referrers API. */
    CompletableFuture<Fact<Manifest>> manifest(ImageReference image, String tag) {
        return ask(
                image,
                "tag",
                tag,
                periods.absent(),
                Weights::manifest,
                (flight, place) -> client.manifest(flight, place, tag));
    }

    /** Reads content, which is not kept. */
    CompletableFuture<Fact<byte[]>> blob(ImageReference image, Descriptor descriptor, long limit) {
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
                periods.absent(),
                Weights::descriptors,
                (flight, place) -> client.referrers(flight, place, digest));
    }

    /** Reads the configuration of an image, and keeps what it says. */
    @Override
    public CompletableFuture<Fact<ImageConfig>> config(ImageReference image, Manifest manifest) {
        Descriptor config = MetadataReader.config(manifest);
        Place place = endpoints.place(image);
        return questions.ask(new Questions.Question<>(
                place.endpoint().entry().host(),
                new AnswerCache.Key("config", place.name(), config.digest().toString()),
                AnswerCache.ALWAYS,
                Weights::config,
                () -> blob(image, config, ImageConfig.LIMIT)
                        .thenApply(read -> ImageConfig.read(MetadataReader.part(read)))));
    }

    private <T> CompletableFuture<Fact<T>> ask(
            ImageReference image,
            String kind,
            String name,
            Duration period,
            ToLongFunction<T> weight,
            BiFunction<Flight, Place, CompletableFuture<T>> work) {
        Place place;
        try {
            place = endpoints.place(image);
        } catch (Failure e) {
            return CompletableFuture.completedFuture(e.fact());
        }
        Endpoint endpoint = place.endpoint();
        return questions.ask(new Questions.Question<>(
                endpoint.entry().host(),
                new AnswerCache.Key(kind, place.name(), name),
                period,
                weight,
                () -> launcher.launch(endpoint, endpoints.health(endpoint), flight -> work.apply(flight, place))));
    }
}
