package io.imagegate.registry;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.gate.RegistryHost;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Clients;
import io.imagegate.registry.endpoint.Endpoints;
import io.imagegate.registry.endpoint.Launcher;
import io.imagegate.registry.http.Flights;
import io.imagegate.registry.lookup.AnswerCache;
import io.imagegate.registry.lookup.Lookups;
import io.imagegate.registry.lookup.Questions;
import io.imagegate.registry.lookup.ReferrerSearch;
import io.imagegate.registry.metadata.MetadataSearch;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.registry.oci.Referrers;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.time.TimeSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what registries know about images. Thread-safe; one instance is shared by a whole program, and closed once. No
 * thread waits for a registry.
 *
 * <pre>{@code
 * Registries registries = Registries.of(configuration);
 * registries.digest(ImageReference.parse("ghcr.io/acme/api:1.4"))
 *         .thenAccept(found -> found.value().ifPresent(digest -> System.out.println("1.4 is " + digest)));
 * }</pre>
 *
 * <p>Every future completes with a {@link Fact}, never exceptionally. Equal questions share one look-up; cancelling a
 * future does not stop it, and its answer serves the next caller. Answers are cached: what a digest names until the cache
 * is full, what the tag of an image names for {@link CachePeriods#tags()}, what does not exist or what refers to an image for
 * {@link CachePeriods#absent()}.
 *
 * @since 0.1
 */
public final class Registries implements FactSource {

    private final ImageRegistries configuration;
    private final TimeSource time;
    private final RegistryThreads threads;
    private final Flights flights;
    private final Launcher launcher;
    private final Clients clients;
    private final Endpoints endpoints;
    private final Lookups lookups;
    /** Also of all that share these. */
    private final AtomicBoolean closed;

    private Registries(Builder settings) {
        configuration = settings.configuration;
        time = settings.time;
        threads = new RegistryThreads();
        closed = new AtomicBoolean();
        RegistryLimits limits = configuration.limits();
        flights = new Flights(limits.ofFlights(), threads.executor(), time);
        FairPermits budget = new FairPermits(limits.bodyBytes());
        launcher = new Launcher(limits.ofFlights(), time, threads.executor(), flights, budget);
        clients = new Clients(configuration.hosts(), threads.executor(), time, settings.client);
        endpoints = new Endpoints(configuration.hosts(), clients, budget, limits.timeout(), time);
        CachePeriods periods = configuration.cache();
        AnswerCache cache = new AnswerCache(limits.cacheBytes(), periods.absent(), time);
        Questions questions = new Questions(cache, answersTo(settings.listener), time);
        lookups = new Lookups(periods.tags(), periods.absent(), endpoints, launcher, questions, time);
    }

    private Registries(Registries all, String user) {
        configuration = all.configuration;
        time = all.time;
        threads = all.threads;
        closed = all.closed;
        flights = all.flights;
        launcher = all.launcher;
        clients = all.clients;
        endpoints = all.endpoints;
        lookups = all.lookups.sharedBy(user);
    }

    private static Questions.Listener answersTo(RegistryListener listener) {
        return (registry, kind, cached, state, duration) ->
                listener.onAnswer(new RegistryAnswer(registry, kind, cached, state, duration));
    }

    /**
     * Opens registries, with HTTP clients of their own.
     *
     * @param configuration the registries that may be contacted
     * @return the registries
     * @throws IllegalArgumentException if a certificate or key cannot be read
     */
    public static Registries of(ImageRegistries configuration) {
        return builder(configuration).build();
    }

    /**
     * Starts registries with other settings.
     *
     * @param configuration the registries that may be contacted
     * @return a builder
     */
    public static Builder builder(ImageRegistries configuration) {
        return new Builder(configuration);
    }

    /** {@return the registries that may be contacted} */
    public ImageRegistries configuration() {
        return configuration;
    }

    /**
     * Finds the digest that an image's name stands for: its digest if it has one, else what its tag names now.
     *
     * @param image the image
     * @return the digest, which exists in the registry
     */
    public CompletableFuture<Fact<Digest>> digest(ImageReference image) {
        return ask(() -> lookups.digest(image));
    }

    /**
     * Reads a manifest.
     *
     * @param image names the repository; its tag and digest do not count
     * @param digest the manifest
     * @return the manifest, whose bytes have the digest
     */
    public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, Digest digest) {
        return ask(() -> lookups.manifest(image, digest));
    }

    /**
     * Reads the manifest that a tag names now, such as the tag that cosign makes of a digest.
     *
     * @param image names the repository; its tag and digest do not count
     * @param tag the tag
     * @return the manifest, whose bytes have its digest
     * @throws IllegalArgumentException if the text is not a tag
     */
    public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, String tag) {
        if (!tag.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")) {
            throw new IllegalArgumentException("expected a tag, got " + Failure.shown(tag));
        }
        return ask(() -> lookups.manifest(image, tag));
    }

    /**
     * Reads content that a manifest describes. It is not cached.
     *
     * @param image names the repository; its tag and digest do not count
     * @param descriptor the content
     * @return the content, which has the digest and size; undecidable if it is larger than
     *     {@link RegistryLimits#attestationBytes()}
     */
    public CompletableFuture<Fact<byte[]>> blob(ImageReference image, Descriptor descriptor) {
        long limit = configuration.limits().attestationBytes();
        return ask(() -> lookups.blob(image, descriptor, limit).thenApply(Registries::copied));
    }

    /**
     * Finds the metadata of an image: when it was built, its platform, size, labels and annotations; for an index, those of
     * each image that it lists.
     *
     * @param image names the repository; its tag and digest do not count
     * @param digest the image or index
     * @return the metadata; undecidable if the index lists more than 32 images or another index
     */
    public CompletableFuture<Fact<ImageMetadata>> metadata(ImageReference image, Digest digest) {
        return ask(() -> new MetadataSearch(lookups).find(image, digest));
    }

    /**
     * Finds the manifests that refer to an image, by the referrers API and by the tag that stands in for it.
     *
     * @param image names the repository; its tag and digest do not count
     * @param digest the image
     * @return the manifests, at most 1,000; absent if both answered and list none
     */
    public CompletableFuture<Fact<Referrers>> referrers(ImageReference image, Digest digest) {
        return ask(() -> new ReferrerSearch(lookups).find(image, digest));
    }

    /**
     * {@return the repository in which signatures of an image are: the one that the registry's entry names, or else the
     * image's own}
     *
     * @param image the image
     */
    public ImageReference signatures(ImageReference image) {
        return configuration.entry(image).flatMap(RegistryEntry::signatures).orElse(image);
    }

    /** Copies the content, because callers that share a look-up must not share an array. */
    private static Fact<byte[]> copied(Fact<byte[]> found) {
        return found.value().map(content -> Fact.known(content.clone())).orElse(found);
    }

    @Override
    public Optional<String> registry(ImageReference image) {
        return configuration.entry(image).map(RegistryEntry::host);
    }

    /**
     * Finds what reviews need to know about images: {@link Need#DIGEST} and {@link Need#METADATA}.
     *
     * @param needs for each image, the facts that are wanted
     * @param limit time that the caller waits
     * @return what is known shortly before the limit is over, or earlier if everything is
     */
    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        return new FactSearch(this, time).find(needs, limit);
    }

    private <T> CompletableFuture<Fact<T>> ask(Supplier<CompletableFuture<Fact<T>>> question) {
        return closed.get() ? CompletableFuture.completedFuture(Fact.undecidable("closed")) : question.get();
    }

    /**
     * {@return the hosts of all entries, at most 1,000, and whether they answered when they were last asked} Asks none. Of an entry
     * with a mirror, the mirror is asked.
     */
    public List<RegistryHost> hosts() {
        return endpoints.hosts();
    }

    /** {@return by the name of each entry, whether a host of it limits requests now} */
    Map<String, Boolean> limited() {
        return endpoints.limited();
    }

    /** {@return these registries, with a share of the flights for one user; closing it closes all} */
    @Override
    public Registries sharedBy(String user) {
        return new Registries(this, Objects.requireNonNull(user, "user"));
    }

    /** {@return the current number of flights} */
    public int flights() {
        return flights.running();
    }

    /** {@return the current number of look-ups that wait for a flight} */
    public int waiting() {
        return flights.waiting();
    }

    /**
     * Ends all look-ups; further ones are undecidable. Waits a few seconds at most for its threads to end. Before Java 21
     * those of the HTTP clients end later, when the clients are garbage.
     */
    @Override
    public void close() {
        closed.set(true);
        launcher.close();
        clients.close();
        threads.close();
    }

    /**
     * Opens registries. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final ImageRegistries configuration;
        private @Nullable HttpClient client;
        private RegistryListener listener = answer -> {};
        private TimeSource time = TimeSource.system();

        private Builder(ImageRegistries configuration) {
            this.configuration = Objects.requireNonNull(configuration, "configuration");
        }

        /**
         * Sets the HTTP client, except for entries with certificates of their own. The configuration's proxy does not
         * apply to it, and it is not closed.
         *
         * @param given follows no redirects, and has neither an authenticator nor a cookie handler
         * @return this builder
         */
        public Builder client(HttpClient given) {
            client = Objects.requireNonNull(given, "given");
            return this;
        }

        /**
         * Sets the listener.
         *
         * @param called for each answer
         * @return this builder
         */
        public Builder listener(RegistryListener called) {
            listener = Objects.requireNonNull(called, "called");
            return this;
        }

        /**
         * Sets the clock by which answers, tokens and outages have their age; that of the machine unless set.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            return time(TimeSource.of(clock));
        }

        /** Sets the clock with its timers. */
        Builder time(TimeSource given) {
            time = given;
            return this;
        }

        /**
         * Opens the registries.
         *
         * @return the registries
         * @throws IllegalArgumentException if the client follows redirects, or has an authenticator or a cookie handler,
         *     or a certificate or key cannot be read
         */
        public Registries build() {
            return new Registries(this);
        }
    }
}
