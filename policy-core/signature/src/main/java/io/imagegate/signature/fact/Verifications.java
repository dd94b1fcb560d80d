package io.imagegate.signature.fact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryAnswer;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.registry.RegistryLimits;
import io.imagegate.registry.RegistryListener;
import io.imagegate.registry.share.Permits;
import io.imagegate.registry.share.Share;
import io.imagegate.registry.share.SingleFlight;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Searches for signatures and verifies them: equal questions once at a time, within limits, and keeps the answers. */
final class Verifications implements AutoCloseable {

    private static final String CLOSED = "closed";

    /** How many flights a search may last. */
    private static final int FLIGHTS = 3;

    private final Registries registries;
    private final Verifier verifier;
    private final RegistryListener listener;
    private final TimeSource clock;
    private final VerifiedCache cache;
    private final VerificationThreads threads;
    private final Permits searches;
    private final Permits bodies;
    private final Duration longest;
    private final SingleFlight<Asked, Fact<SignatureFacts>> flight;
    private final String user;

    /** What is known of needs, which rules keep for as long as they are used. */
    private final Cache<Need<SignatureFacts>, KnownNeed> known =
            Caffeine.newBuilder().weakKeys().build();

    /** Also of all that share these. */
    private final AtomicBoolean closed;

    /**
     * What a need asks for.
     *
     * @param key hash of the signers and of what is asked about signatures
     * @param signers the signers by their identities
     */
    private record KnownNeed(String key, Map<String, Signer> signers) {

        static KnownNeed of(Need<SignatureFacts> need) {
            return need instanceof AttestationNeed attestations
                    ? of(attestations.key(), attestations.signers())
                    : of(((SignatureNeed) need).key(), ((SignatureNeed) need).signers());
        }

        private static KnownNeed of(String key, List<Signer> signers) {
            Map<String, Signer> byIdentity = new HashMap<>();
            signers.forEach(signer -> byIdentity.put(signer.identity(), signer));
            return new KnownNeed(key, byIdentity);
        }
    }

    /** Users do not wait for equal questions of others, which may have a longer queue. */
    private record Asked(String user, VerifiedCache.Key key) {}

    Verifications(Registries registries, Verifier verifier, RegistryListener listener, InstantSource clock) {
        this.registries = registries;
        this.verifier = verifier;
        this.listener = listener;
        this.clock = TimeSource.of(clock);
        RegistryLimits limits = registries.configuration().limits();
        cache = new VerifiedCache(
                limits.cacheBytes() / 4, registries.configuration().cache(), clock);
        searches = new Permits(limits.flights(), limits.flightsPerRegistry(), limits.waiting(), Verifications::full);
        bodies = new Permits(limits.bodyBytes(), limits.bodyBytes() / 2, limits.waiting(), Verifications::full);
        longest = limits.timeout().multipliedBy(FLIGHTS);
        threads = new VerificationThreads();
        closed = new AtomicBoolean();
        flight = new SingleFlight<>(Verifications::failure);
        user = "";
    }

    private Verifications(Verifications all, String user, Registries registries) {
        this.registries = registries;
        verifier = all.verifier;
        listener = all.listener;
        clock = all.clock;
        cache = all.cache;
        threads = all.threads;
        closed = all.closed;
        searches = all.searches;
        bodies = all.bodies;
        longest = all.longest;
        flight = all.flight;
        this.user = user;
    }

    /** {@return these for one of their users, with its registries} */
    Verifications sharedBy(String name, Registries shared) {
        return new Verifications(this, name, shared);
    }

    /** {@return what is known about signatures or attestations of an image; the future never fails} */
    CompletableFuture<Fact<SignatureFacts>> find(ImageReference image, Digest digest, Need<SignatureFacts> need) {
        VerifiedCache.Key key = key(registries.signatures(image), digest, need);
        CompletableFuture<Fact<SignatureFacts>> answer = find(image, key, need, () -> cache.fresh(key));
        return image.digest().isEmpty()
                ? answer
                : answer.thenApply(found -> isOutage(found)
                        ? cache.stale(key)
                                .map(kept -> named(both(kept, found), need))
                                .orElse(found)
                        : found);
    }

    /** {@return a kept answer with what was read before the registry went down} */
    private static Fact<SignatureFacts> both(Fact<SignatureFacts> kept, Fact<SignatureFacts> read) {
        SignatureFacts facts = kept.value().orElseThrow();
        List<SignedBy> more = read.value().map(SignatureFacts::verified).orElse(List.of());
        return Fact.known(facts.withVerified(more)).asCached();
    }

    /** {@return the same after a kept answer did not satisfy, so that older answers do not count} */
    CompletableFuture<Fact<SignatureFacts>> findAgain(ImageReference image, Digest digest, Need<SignatureFacts> need) {
        VerifiedCache.Key key = key(registries.signatures(image), digest, need);
        return find(image, key, need, () -> cache.recent(key));
    }

    private VerifiedCache.Key key(ImageReference place, Digest digest, Need<SignatureFacts> need) {
        return new VerifiedCache.Key(
                place.registry() + "/" + place.repository(), digest, known(need).key());
    }

    private KnownNeed known(Need<SignatureFacts> need) {
        return known.get(need, KnownNeed::of);
    }

    /** {@return facts about an image with a digest, if all that are needed are kept and known, so that nobody waits for them} */
    Optional<ImageFacts> kept(ImageReference image, Set<Need<?>> needs) {
        Digest digest = image.digest().orElse(null);
        if (digest == null) {
            return Optional.empty();
        }
        ImageReference place = registries.signatures(image);
        ImageFacts facts = ImageFacts.at(clock.instant());
        for (Need<?> need : needs) {
            facts = withKept(facts, place, digest, need);
            if (facts.get(need).state() != Fact.State.KNOWN) {
                return Optional.empty();
            }
        }
        String registry = registry(place);
        for (Need<?> need : needs) {
            notifyListener(registry, true, facts.get(need), Duration.ZERO);
        }
        return Optional.of(facts);
    }

    @SuppressWarnings("unchecked") // It is one of signatures.
    private ImageFacts withKept(ImageFacts facts, ImageReference place, Digest digest, Need<?> asked) {
        if (asked instanceof FreshNeed || !SignatureFacts.answer(asked)) {
            return facts;
        }
        Need<SignatureFacts> need = (Need<SignatureFacts>) asked;
        Fact<SignatureFacts> fact = cache.fresh(key(place, digest, need)).orElse(null);
        return fact == null ? facts : facts.with(need, named(fact, need));
    }

    private CompletableFuture<Fact<SignatureFacts>> find(
            ImageReference image,
            VerifiedCache.Key key,
            Need<SignatureFacts> need,
            Supplier<Optional<Fact<SignatureFacts>>> cached) {
        String registry = registry(registries.signatures(image));
        Supplier<Optional<Fact<SignatureFacts>>> kept = () -> {
            Optional<Fact<SignatureFacts>> known = cached.get();
            known.ifPresent(found -> notifyListener(registry, true, found, Duration.ZERO));
            return known;
        };
        return flight.ask(
                        new Asked(user, key), new Share(registry, user), kept, () -> answer(key, registry, image, need))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Fact.undecidable("too many reviews wait for this registry, so try again")))
                .thenApply(found -> named(found, need));
    }

    private static Refusal full() {
        return Refusal.undecidable("too many verifications wait for this registry, so try again");
    }

    private static boolean isOutage(Fact<SignatureFacts> found) {
        return found.state() == Fact.State.UNAVAILABLE
                || found.value()
                        .filter(facts -> facts.unread().state() == Fact.State.UNAVAILABLE)
                        .isPresent();
    }

    /** Answers are kept by content, and have the names that some other policy gives the signers. */
    private Fact<SignatureFacts> named(Fact<SignatureFacts> found, Need<SignatureFacts> need) {
        SignatureFacts facts = found.value().orElse(null);
        SignatureFacts named =
                facts == null ? null : facts.withNamesOf(known(need).signers());
        if (named == null || named == facts) {
            return found;
        }
        Fact<SignatureFacts> fact = Fact.known(named);
        return found.isCached() ? fact.asCached() : fact;
    }

    private CompletableFuture<Fact<SignatureFacts>> answer(
            VerifiedCache.Key key, String registry, ImageReference image, Need<SignatureFacts> need) {
        if (closed.get()) {
            return CompletableFuture.completedFuture(Fact.undecidable(CLOSED));
        }
        long began = clock.nanos();
        return CompletableFuture.completedFuture(registry)
                .thenCompose(name -> search(key, name, image, need))
                .exceptionally(Verifications::failure)
                .thenApply(found -> {
                    notifyListener(registry, false, found, clock.since(began));
                    return found;
                });
    }

    private CompletableFuture<Fact<SignatureFacts>> search(
            VerifiedCache.Key key, String registry, ImageReference image, Need<SignatureFacts> need) {
        Instant at = clock.instant();
        SignatureCollector collector = new SignatureCollector(key.digest(), need);
        Share share = new Share(registry, user);
        QueuedStore store = new QueuedStore(SignatureStore.of(registries, image), threads.of(share, 0), bodies, share);
        return searches.take(share, 1)
                .thenCompose(permit -> {
                    CompletableFuture<SearchEnd> end = CompletableFuture.completedFuture(store)
                            .thenComposeAsync(with -> search(with, share, collector, at), threads.of(share, 0));
                    // The work may end later than the wait for it, and takes its place and its memory until then.
                    CompletableFuture<?> unused = end.whenComplete((found, thrown) -> {
                        store.release();
                        permit.release();
                    });
                    return clock.failAfter(end.thenApply(collector::facts), longest)
                            .whenComplete((found, thrown) -> store.end("the search is over"));
                })
                .exceptionally(Verifications::failure)
                .thenApply(found -> {
                    cache.keep(key, found, at);
                    return found;
                });
    }

    private CompletableFuture<SearchEnd> search(
            QueuedStore store, Share share, SignatureCollector collector, Instant at) {
        SignatureSearch search = new SignatureSearch(
                verifier,
                store,
                (bytes, verification) ->
                        CompletableFuture.runAsync(() -> store.verify(verification), threads.of(share, bytes)));
        return collector.collect(search, verifier, at);
    }

    static Fact<SignatureFacts> failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Refusal refusal) {
            return Fact.undecidable(refusal.message());
        }
        if (cause instanceof TimeoutException) {
            return Fact.undecidable("the search for signatures did not end in time, so try again");
        }
        if (cause instanceof RejectedExecutionException) {
            return Fact.undecidable("too many verifications wait, so try again");
        }
        return Fact.undecidable(Refusal.internalError(cause));
    }

    /** {@return the entry that names the host, which pods choose under a pattern} */
    private String registry(ImageReference place) {
        return registries.configuration().entry(place).map(RegistryEntry::host).orElse("");
    }

    private void notifyListener(String registry, boolean cached, Fact<?> found, Duration duration) {
        try {
            listener.onAnswer(new RegistryAnswer(registry, "verified", cached, found.state(), duration));
        } catch (Throwable e) {
            // A listener changes no answer.
        }
    }

    @Override
    public void close() {
        closed.set(true);
        threads.close();
        flight.answerAll(Fact.undecidable(CLOSED));
    }
}
