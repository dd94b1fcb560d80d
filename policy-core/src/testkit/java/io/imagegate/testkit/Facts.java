package io.imagegate.testkit;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Facts about the content of images for tests: a source that answers from a map, and arbitraries of facts.
 *
 * @since 0.1
 */
public final class Facts {

    private static final String[] PLATFORMS = {"linux/amd64", "linux/arm64", "linux/arm64/v8", "windows/amd64", "x"};
    private static final List<Map<String, String>> TEXTS =
            List.of(Map.of(), Map.of("team", "payments"), Map.of("team", ""), Map.of("team", "\u202e\n\""));
    private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2027-12-31T00:00:00Z");
    private static final int MOST_PLATFORMS = 3;

    private Facts() {}

    /**
     * Makes a source that answers at once.
     *
     * @param facts the facts of images; others are absent
     * @return the source; thread-safe
     */
    public static FactSource source(Map<ImageReference, ImageFacts> facts) {
        Map<ImageReference, ImageFacts> all = Map.copyOf(facts);
        return (needs, limit) -> {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.forEach((image, wanted) ->
                    found.put(image, complete(all.getOrDefault(image, ImageFacts.at(Instant.EPOCH)), wanted)));
            return CompletableFuture.completedFuture(found);
        };
    }

    private static ImageFacts complete(ImageFacts given, Set<Need<?>> wanted) {
        ImageFacts complete = given;
        for (Need<?> need : wanted) {
            if (given.get(need).state() == Fact.State.PENDING) {
                complete = complete.with(need, Fact.absent("the test gives no " + need));
            }
        }
        return complete;
    }

    /**
     * {@return digest and metadata of an image, both known}
     *
     * @param metadata the metadata
     */
    public static ImageFacts of(ImageMetadata metadata) {
        return ImageFacts.at(Instant.EPOCH)
                .with(Need.DIGEST, Fact.known(metadata.digest()))
                .with(Need.METADATA, Fact.known(metadata));
    }

    /**
     * {@return a copy in which signers signed the image, with a key or identity for each; the digest must be known}
     *
     * @param facts other facts of the image
     * @param need what a rule asks for, such as {@code rule.need()}
     * @param signers those who signed; none for an image whose signatures are all by others
     */
    public static ImageFacts signedBy(ImageFacts facts, SignatureNeed need, Signer... signers) {
        Digest digest = facts.digest().value().orElseThrow();
        return facts.with(
                need,
                Fact.known(SignatureFacts.of(
                        Stream.of(signers).map(signer -> by(signer, digest)).toList())));
    }

    /**
     * {@return a copy in which signers signed one statement each about the image; the digest must be known}
     *
     * @param facts other facts of the image
     * @param need what a rule asks for, such as {@code rule.need()}
     * @param predicate values of the predicate; those that the need does not ask for are left out
     * @param signers those who signed
     */
    public static ImageFacts attestedBy(
            ImageFacts facts, AttestationNeed need, Map<JsonPointer, PredicateValue> predicate, Signer... signers) {
        Digest digest = facts.digest().value().orElseThrow();
        Map<JsonPointer, PredicateValue> asked = new HashMap<>(predicate);
        asked.keySet().retainAll(need.pointers());
        return facts.with(
                need,
                Fact.known(SignatureFacts.of(Stream.of(signers)
                        .map(signer -> by(signer, digest).withPredicate(need.type(), asked))
                        .toList())));
    }

    private static SignedBy by(Signer signer, Digest digest) {
        return SignedBy.of(signer, Signatory.identity(signer.identity(), "the test"), digest);
    }

    /** {@return facts of which digest and metadata are known, with dates from 2025 to 2027} */
    public static Arbitrary<ImageFacts> known() {
        return Combinators.combine(
                        digests(), images().list().ofMinSize(1).ofMaxSize(MOST_PLATFORMS), Arbitraries.of(TEXTS))
                .as((digest, images, texts) ->
                        of(ImageMetadata.of(digest, images).withAnnotations(texts)));
    }

    /** {@return facts of which none is known: digest and metadata are undecidable or unavailable} */
    public static Arbitrary<ImageFacts> unknown() {
        return Arbitraries.of(
                ImageFacts.at(Instant.EPOCH)
                        .with(Need.DIGEST, Fact.undecidable("a test leaves the digest open"))
                        .with(Need.METADATA, Fact.undecidable("a test leaves the metadata open")),
                ImageFacts.at(Instant.EPOCH)
                        .with(Need.DIGEST, Fact.unavailable("a test lets the registry be down"))
                        .with(Need.METADATA, Fact.unavailable("a test lets the registry be down")));
    }

    private static Arbitrary<Digest> digests() {
        return Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofLength(64)
                .map(digits -> Digest.parse("sha256:" + digits));
    }

    private static Arbitrary<PlatformImage> images() {
        Arbitrary<Instant> created = Arbitraries.longs()
                .between(EARLIEST.getEpochSecond(), LATEST.getEpochSecond())
                .map(Instant::ofEpochSecond);
        return Combinators.combine(
                        digests(),
                        Arbitraries.of(PLATFORMS),
                        created.optional(0.9),
                        Arbitraries.longs().between(1, 1L << 32).optional(0.9),
                        Arbitraries.of(TEXTS),
                        Arbitraries.of(TEXTS))
                .as((digest, platform, date, size, labels, annotations) -> {
                    PlatformImage image = PlatformImage.of(digest, platform)
                            .withLabels(labels)
                            .withAnnotations(annotations);
                    PlatformImage dated = date.map(image::withCreated).orElse(image);
                    return size.map(dated::withSize).orElse(dated);
                });
    }
}
