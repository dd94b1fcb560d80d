package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.signer.SignatureFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one of several sources answered. It is believed as far as it was asked.
 *
 * @param found the facts by image; null if there is no answer in time
 * @param waited how long the caller waited for it
 * @param instant the instant of facts that are made here
 */
record SourceAnswer(@Nullable Map<ImageReference, ImageFacts> found, Duration waited, Instant instant) {

    /**
     * {@return facts for exactly these needs}
     *
     * @param image the name by which the source was asked; if it has a digest, an answer about another one is undecidable
     * @param wanted what it was asked
     */
    ImageFacts facts(ImageReference image, Set<Need<?>> wanted) {
        ImageFacts answered = found == null ? ImageFacts.NONE : found.getOrDefault(image, ImageFacts.NONE);
        String otherDigest = image.digest()
                .flatMap(asked -> digests(answered, wanted)
                        .filter(digest -> !digest.equals(asked))
                        .findFirst())
                .map(digest -> ": its fact source answered about another digest, " + digest)
                .orElse("");
        ImageFacts exact = ImageFacts.at(instant);
        for (Need<?> need : wanted) {
            exact = with(exact, need, answered, otherDigest);
        }
        return exact;
    }

    private <T> ImageFacts with(ImageFacts exact, Need<T> need, ImageFacts answered, String otherDigest) {
        Fact<T> fact = answered.get(need);
        if (!otherDigest.isEmpty()) {
            fact = Fact.undecidable("its " + need + " is unknown" + otherDigest);
        } else if (fact.state() == Fact.State.PENDING) {
            fact = Fact.undecidable("its " + need
                    + (found == null
                            ? " was not found within " + waited.toMillis() + " ms"
                            : " was not found by the fact source"));
        }
        return exact.with(need, fact);
    }

    /** {@return all digests that the answer is about} */
    private static Stream<Digest> digests(ImageFacts facts, Set<Need<?>> wanted) {
        return Stream.concat(
                Stream.of(facts.digest().value(), facts.metadata().value().map(metadata -> metadata.digest()))
                        .flatMap(Optional::stream),
                wanted.stream()
                        .flatMap(need -> facts.get(need).value().stream())
                        .flatMap(SourceAnswer::signed));
    }

    private static Stream<Digest> signed(Object value) {
        return value instanceof SignatureFacts signatures
                ? signatures.verified().stream().map(signed -> signed.digest())
                : Stream.empty();
    }
}
