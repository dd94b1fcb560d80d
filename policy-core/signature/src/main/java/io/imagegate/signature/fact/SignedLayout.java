package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.layout.ImageLayout;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Facts from an OCI image layout, with the signatures and attestations that are in it, which it verifies. For tests: what {@code cosign
 * save --dir} writes, and layouts with tags such as {@code sha256-….sig} or manifests that refer to the image. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * ImageGate gate = ImageGate.of(policies, SignedLayout.of(ImageLayout.open(Path.of("image-layout"))));
 * }</pre>
 *
 * <p>An image of which the folder has no signature has none: the folder stands for the registry.
 *
 * @since 0.1
 */
public final class SignedLayout implements FactSource {

    private final ImageLayout layout;
    private final Verifier verifier;
    private final InstantSource clock;

    private SignedLayout(ImageLayout layout, Verifier verifier, InstantSource clock) {
        this.layout = Objects.requireNonNull(layout, "layout");
        this.verifier = Objects.requireNonNull(verifier, "verifier");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * {@return a source of a layout, with the cryptography of the installed providers}
     *
     * @param layout has the images and their signatures
     */
    public static SignedLayout of(ImageLayout layout) {
        return of(layout, Verifier.create(), TimeSource.system());
    }

    /**
     * {@return a source of a layout}
     *
     * @param layout has the images and their signatures
     * @param verifier decides what counts
     * @param clock the clock by which certificates are valid
     */
    public static SignedLayout of(ImageLayout layout, Verifier verifier, InstantSource clock) {
        return new SignedLayout(layout, verifier, clock);
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Instant now = clock.instant();
        return layout.find(needs, limit).thenApply(plain -> {
            Map<ImageReference, ImageFacts> all = new HashMap<>();
            plain.forEach((image, facts) ->
                    all.put(image, signed(ImageFacts.at(now).and(facts), needs.getOrDefault(image, Set.of()), now)));
            return all;
        });
    }

    private ImageFacts signed(ImageFacts plain, Set<Need<?>> wanted, Instant now) {
        ImageFacts facts = plain;
        for (Need<?> need : wanted) {
            if (SignatureFacts.answer(need)) {
                facts = with(facts, need, FreshNeed.asked(need), now);
            }
        }
        return facts;
    }

    @SuppressWarnings("unchecked") // both are needs of signatures
    private ImageFacts with(ImageFacts facts, Need<?> need, Need<?> asked, Instant now) {
        return facts.with((Need<SignatureFacts>) need, find(facts.digest(), (Need<SignatureFacts>) asked, now));
    }

    @SuppressWarnings("unchecked") // an unknown fact has no value
    private Fact<SignatureFacts> find(Fact<Digest> digest, Need<SignatureFacts> need, Instant now) {
        if (digest.value().isEmpty()) {
            return (Fact<SignatureFacts>) (Fact<?>) digest;
        }
        SignatureCollector collector = new SignatureCollector(digest.value().get(), need);
        SignatureSearch search = new SignatureSearch(verifier, SignatureStore.of(layout));
        try {
            return collector.facts(collector.collect(search, verifier, now).join());
        } catch (RuntimeException failed) {
            return Verifications.failure(failed);
        }
    }
}
