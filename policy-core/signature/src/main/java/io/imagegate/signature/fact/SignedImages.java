package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryListener;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds everything that rules need to know about images: what {@link Registries} find, and signatures and attestations, which
 * it verifies. Thread-safe; one instance is shared by a whole program, and closed once, before the registries.
 * {@link io.imagegate.gate.LiveGate} opens it for policies in files; a program with other registries does it by hand:
 *
 * <pre>{@code
 * try (Registries registries = Registries.of(ImageRegistries.load(Path.of("registries.yaml")));
 *         SignedImages images = SignedImages.of(registries)) {
 *     ImageGate gate = ImageGate.of(() -> policies, images);
 * }
 * }</pre>
 *
 * <p>Signatures are verified on a few threads of its own, never on those of reviews or of the HTTP client. What was verified
 * is kept as long as the registries' {@link io.imagegate.registry.CachePeriods} say; bodies are not kept.
 *
 * @since 0.1
 */
public final class SignedImages implements FactSource {

    /** How long before the limit the answer is given, so that it arrives in time. */
    private static final Duration EARLY = Duration.ofMillis(100);

    private final Registries registries;
    private final Verifications verifications;
    private final TimeSource clock;

    SignedImages(Registries registries, Verifier verifier, RegistryListener listener, InstantSource clock) {
        this.registries = registries;
        this.clock = TimeSource.of(clock);
        this.verifications = new Verifications(registries, verifier, listener, clock);
    }

    private SignedImages(SignedImages all, String user) {
        registries = all.registries.sharedBy(user);
        clock = all.clock;
        verifications = all.verifications.sharedBy(user, registries);
    }

    /** {@return this source, with a share of look-ups and verifications for one user; closing it closes all} */
    @Override
    public SignedImages sharedBy(String user) {
        return new SignedImages(this, Objects.requireNonNull(user, "user"));
    }

    /**
     * {@return a source with the cryptography of the installed providers}
     *
     * @param registries where images and their signatures are
     */
    public static SignedImages of(Registries registries) {
        return of(registries, Verifier.create(), answer -> {});
    }

    /**
     * {@return a source}
     *
     * @param registries where images and their signatures are
     * @param verifier decides what counts
     * @param listener called for each answer about signatures or attestations, whose kind is "verified"
     */
    public static SignedImages of(Registries registries, Verifier verifier, RegistryListener listener) {
        return of(registries, verifier, listener, TimeSource.system());
    }

    /**
     * {@return a source with another clock}
     *
     * @param registries where images and their signatures are
     * @param verifier decides what counts
     * @param listener called for each answer about signatures or attestations, whose kind is "verified"
     * @param clock the clock by which certificates are valid and answers have their age
     */
    public static SignedImages of(
            Registries registries, Verifier verifier, RegistryListener listener, InstantSource clock) {
        return new SignedImages(
                Objects.requireNonNull(registries, "registries"),
                Objects.requireNonNull(verifier, "verifier"),
                Objects.requireNonNull(listener, "listener"),
                Objects.requireNonNull(clock, "clock"));
    }

    /** What was asked about the signatures of one image. */
    private record Asked(
            CompletableFuture<Fact<Digest>> digest,
            Map<Need<SignatureFacts>, CompletableFuture<Fact<SignatureFacts>>> signatures) {}

    @Override
    public Optional<String> registry(ImageReference image) {
        return registries.registry(image);
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Map<ImageReference, ImageFacts> kept = new HashMap<>();
        needs.forEach((image, wanted) -> verifications.kept(image, wanted).ifPresent(facts -> kept.put(image, facts)));
        if (kept.isEmpty()) {
            return lookUp(needs, limit);
        }
        if (kept.size() == needs.size()) {
            return CompletableFuture.completedFuture(kept);
        }
        Map<ImageReference, Set<Need<?>>> others = new LinkedHashMap<>(needs);
        others.keySet().removeAll(kept.keySet());
        return lookUp(others, limit).thenApply(found -> {
            kept.putAll(found);
            return kept;
        });
    }

    private CompletableFuture<Map<ImageReference, ImageFacts>> lookUp(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Map<ImageReference, Set<Need<?>>> plain = new LinkedHashMap<>();
        Map<ImageReference, Asked> asked = new LinkedHashMap<>();
        needs.forEach((image, wanted) -> {
            Set<Need<SignatureFacts>> signatures = signatures(wanted);
            Set<Need<?>> rest = new HashSet<>(wanted);
            rest.removeAll(signatures);
            if (!rest.isEmpty()) {
                plain.put(image, rest);
            }
            if (!signatures.isEmpty()) {
                asked.put(image, ask(image, signatures));
            }
        });
        CompletableFuture<Map<ImageReference, ImageFacts>> base =
                plain.isEmpty() ? CompletableFuture.completedFuture(Map.of()) : registries.find(plain, limit);
        return asked.isEmpty()
                ? base
                : base.thenCombine(signed(asked, limit), (found, signed) -> joined(needs, found, signed));
    }

    @SuppressWarnings("unchecked") // both are needs of signatures
    private static Set<Need<SignatureFacts>> signatures(Set<Need<?>> wanted) {
        Set<Need<SignatureFacts>> signatures = new HashSet<>();
        for (Need<?> need : wanted) {
            if (SignatureFacts.answer(need)) {
                signatures.add((Need<SignatureFacts>) need);
            }
        }
        return signatures;
    }

    private Asked ask(ImageReference image, Set<Need<SignatureFacts>> needs) {
        CompletableFuture<Fact<Digest>> digest = image.digest()
                .map(written -> CompletableFuture.completedFuture(Fact.known(written)))
                .orElseGet(() -> registries.digest(image));
        Map<Need<SignatureFacts>, CompletableFuture<Fact<SignatureFacts>>> found = new HashMap<>();
        needs.forEach(need -> found.put(
                need, digest.thenCompose(of -> find(image, of, need)).thenCompose(fact -> explained(image, fact))));
        return new Asked(digest, found);
    }

    private CompletableFuture<Fact<SignatureFacts>> find(
            ImageReference image, Fact<Digest> digest, Need<SignatureFacts> need) {
        return digest.value()
                .map(found -> need instanceof FreshNeed<SignatureFacts> again
                        ? verifications.findAgain(image, found, again.need())
                        : verifications.find(image, found, need))
                .orElseGet(() -> CompletableFuture.completedFuture(unknown(digest)));
    }

    /**
     * Says of an image that has no signatures whether it exists at all. A tag was resolved before, but a digest is taken as
     * written, so that images with signatures cost no request for it.
     */
    private CompletableFuture<Fact<SignatureFacts>> explained(ImageReference image, Fact<SignatureFacts> fact) {
        return fact.state() == Fact.State.ABSENT && image.digest().isPresent()
                ? registries
                        .digest(image)
                        .thenApply(digest -> digest.state() == Fact.State.ABSENT ? unknown(digest) : fact)
                : CompletableFuture.completedFuture(fact);
    }

    @SuppressWarnings("unchecked") // an unknown fact has no value
    private static Fact<SignatureFacts> unknown(Fact<?> digest) {
        return (Fact<SignatureFacts>) digest;
    }

    private CompletableFuture<Map<ImageReference, ImageFacts>> signed(
            Map<ImageReference, Asked> asked, Duration limit) {
        Duration tenth = limit.dividedBy(10);
        Duration wait = limit.minus(tenth.compareTo(EARLY) < 0 ? tenth : EARLY);
        CompletableFuture<?>[] all = asked.values().stream()
                .flatMap(about -> about.signatures().values().stream())
                .toArray(CompletableFuture[]::new);
        return clock.completeAfter(CompletableFuture.allOf(all), wait, () -> null)
                .thenApply(over -> {
                    Map<ImageReference, ImageFacts> facts = new HashMap<>();
                    asked.forEach((image, about) -> facts.put(image, facts(image, about, wait)));
                    return facts;
                });
    }

    private ImageFacts facts(ImageReference image, Asked about, Duration waited) {
        ImageFacts facts = ImageFacts.at(clock.instant());
        // The digest of a tag is the one whose signatures were verified, even if the tag has moved since.
        if (image.digest().isEmpty()) {
            facts = facts.with(Need.DIGEST, now(image, about.digest(), waited));
        }
        for (Map.Entry<Need<SignatureFacts>, CompletableFuture<Fact<SignatureFacts>>> found :
                about.signatures().entrySet()) {
            facts = facts.with(found.getKey(), now(image, found.getValue(), waited));
        }
        return facts;
    }

    private static <T> Fact<T> now(ImageReference image, CompletableFuture<Fact<T>> asked, Duration waited) {
        return asked.getNow(Fact.undecidable(
                Refusal.shown(image.registry()) + " did not answer within " + waited.toMillis() + " ms, so try again"));
    }

    private Map<ImageReference, ImageFacts> joined(
            Map<ImageReference, Set<Need<?>>> needs,
            Map<ImageReference, ImageFacts> plain,
            Map<ImageReference, ImageFacts> signed) {
        Map<ImageReference, ImageFacts> all = new HashMap<>(plain);
        signed.forEach((image, facts) ->
                all.merge(image, facts, (one, other) -> joined(needs.getOrDefault(image, Set.of()), one, other)));
        return all;
    }

    /** Facts of two digests prove nothing about either. */
    private ImageFacts joined(Set<Need<?>> wanted, ImageFacts plain, ImageFacts signed) {
        Optional<Digest> other = signed.digest().value();
        if (other.isEmpty()
                || plain.digest()
                        .value()
                        .filter(one -> !one.equals(other.get()))
                        .isEmpty()) {
            return plain.and(signed);
        }
        ImageFacts unknown = ImageFacts.at(signed.instant());
        for (Need<?> need : wanted) {
            unknown = unknown.with(need, Fact.undecidable("its tag was moved during the look-up, so try again"));
        }
        return unknown;
    }

    /** Ends all verifications; further ones are undecidable. The registries stay open. */
    @Override
    public void close() {
        verifications.close();
    }
}
