package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Image that a rule checks, with its parsed reference and its review. Immutable. The reference is parsed once for all
 * rules.
 *
 * @since 0.1
 */
public final class Candidate {

    /** The algorithm by which registries answer what a tag stands for. */
    private static final String OF_REGISTRIES = "sha256";

    private final ImageReference reference;
    private final ReviewedImage image;
    private final ImageReview review;
    private final ImageFacts facts;
    private final boolean expectsDigest;
    private final @Nullable InstantSource time;

    /** Whether a rule may have asked for facts. Never false again, so that threads that share a candidate cannot miss it. */
    private boolean factsRead;

    private Candidate(
            ImageReference reference,
            ReviewedImage image,
            ImageReview review,
            ImageFacts facts,
            boolean expectsDigest,
            @Nullable InstantSource time) {
        this.reference = Objects.requireNonNull(reference, "reference");
        this.image = Objects.requireNonNull(image, "image");
        this.review = Objects.requireNonNull(review, "review");
        this.facts = Objects.requireNonNull(facts, "facts");
        this.expectsDigest = expectsDigest;
        this.time = time;
        // There are facts because a rule asked for some.
        this.factsRead = facts != ImageFacts.NONE;
    }

    /**
     * Makes a candidate.
     *
     * @param reference the parsed reference
     * @param image the image as typed, with its position
     * @param review the review of the image
     * @return the candidate
     */
    public static Candidate of(ImageReference reference, ReviewedImage image, ImageReview review) {
        return new Candidate(reference, image, review, ImageFacts.NONE, false, null);
    }

    /**
     * Makes a candidate of a decision.
     *
     * @param reference the parsed reference
     * @param image the image as typed, with its position
     * @param review the review of the image
     * @param decision says when the decision is made, always the same; read only if a rule asks
     * @return the candidate
     */
    public static Candidate of(
            ImageReference reference, ReviewedImage image, ImageReview review, InstantSource decision) {
        return new Candidate(
                reference, image, review, ImageFacts.NONE, false, Objects.requireNonNull(decision, "decision"));
    }

    /**
     * {@return a copy with other facts}
     *
     * @param other what is known about the image beyond its name
     */
    public Candidate withFacts(ImageFacts other) {
        return other == facts ? this : new Candidate(reference, image, review, other, expectsDigest, time);
    }

    /**
     * {@return a copy that counts as having a digest, although nobody knows which, and without facts} A policy that pins an image
     * asks so what a rule would say if the digest could be found.
     */
    public Candidate expectingDigest() {
        return new Candidate(reference, image, review, ImageFacts.NONE, true, time);
    }

    /** {@return whether the reference has a digest, or is {@linkplain #expectingDigest expected} to get one} */
    public boolean hasDigest() {
        return expectsDigest || reference.hasDigest();
    }

    /** {@return the first pattern that matches the image, or will once it has the digest that it is expected to get} */
    Optional<ImagePattern> first(PatternSet patterns) {
        return firstAsWritten(patterns.isPerNamespace() ? inNamespace(patterns).orElse(patterns) : patterns, reference);
    }

    /** {@return the first pattern that matches a reading of the image, or does in some namespace if that is not told} */
    Optional<ImagePattern> firstThatMayMatch(PatternSet patterns, ImageReference reading) {
        return firstAsWritten(
                patterns.isPerNamespace() ? inNamespace(patterns).orElseGet(patterns::inAnyNamespace) : patterns,
                reading);
    }

    private Optional<ImagePattern> firstAsWritten(PatternSet patterns, ImageReference reading) {
        return expectsDigest ? patterns.firstPinned(reading) : patterns.first(reading);
    }

    /**
     * {@return whether a pattern matches the image; unknown if only a namespace that is not told would say, or if none matches it as it is
     * written, and one does as a client may read the address of its registry}
     */
    Coverage coverage(PatternSet patterns) {
        Coverage asWritten = coverageAsWritten(patterns);
        return asWritten == Coverage.NOT_COVERED
                        && AddressReading.of(this, patterns).isPresent()
                ? Coverage.UNKNOWN
                : asWritten;
    }

    private Coverage coverageAsWritten(PatternSet patterns) {
        Optional<PatternSet> known = patterns.isPerNamespace() ? inNamespace(patterns) : Optional.of(patterns);
        if (known.isPresent()) {
            return Coverage.of(matchesAsWritten(known.get()));
        }
        if (matchesAsWritten(patterns)) {
            return Coverage.COVERED;
        }
        return matchesAsWritten(patterns.inAnyNamespace()) ? Coverage.UNKNOWN : Coverage.NOT_COVERED;
    }

    /** {@return whether only a namespace that is not told would say whether a pattern matches the image} */
    boolean needsNamespace(PatternSet patterns) {
        return patterns.isPerNamespace() && coverageAsWritten(patterns) == Coverage.UNKNOWN;
    }

    private Optional<PatternSet> inNamespace(PatternSet patterns) {
        return patterns.inNamespace(namespace());
    }

    private boolean matchesAsWritten(PatternSet patterns) {
        return expectsDigest ? firstAsWritten(patterns, reference).isPresent() : patterns.matches(reference);
    }

    /**
     * {@return the digest of the image: the written one, or else what the tag stands for} Signatures and attestations count for exactly
     * this, never for that of a parent or child.
     */
    public Fact<Digest> digest() {
        Optional<Digest> written = reference.digest();
        return written.isPresent() ? Fact.known(written.get()) : facts().digest();
    }

    /** {@return the algorithm of the digest that the reference has or is expected to get; empty if there is none} */
    public Optional<String> digestAlgorithm() {
        Optional<String> written = reference.digest().map(Digest::algorithm);
        return written.isEmpty() && expectsDigest ? Optional.of(OF_REGISTRIES) : written;
    }

    /** {@return the parsed reference} */
    public ImageReference reference() {
        return reference;
    }

    /** {@return the image as typed, with its position} */
    public ReviewedImage image() {
        return image;
    }

    /** {@return what is known about the image beyond its name} */
    public ImageFacts facts() {
        factsRead = true;
        return facts;
    }

    /** {@return the instant of the decision; that of the facts if the candidate was made without one} */
    public Instant instant() {
        return time == null ? facts.instant() : time.instant();
    }

    /** {@return the review of the image} */
    public ImageReview review() {
        return review;
    }

    /** {@return the namespace; empty if the object has none or it is unknown} */
    public String namespace() {
        return review.namespace();
    }

    /**
     * Applies a rule to this image, as a policy does. A rule that combines others applies them so: if one of them asks for a
     * fact that was not looked up, its finding is {@linkplain Outcome#PENDING pending}, whatever it returns or throws.
     *
     * @param rule the rule
     * @return its finding
     * @throws RuntimeException if the rule throws it; errors, too
     */
    public Finding findingOf(Rule rule) {
        if (!factsRead) {
            // Few rules ask for facts; for all others nothing is allocated.
            Finding finding;
            try {
                finding = rule.check(this);
            } catch (Throwable failure) {
                if (!factsRead) {
                    throw failure;
                }
                return findingAsking(rule);
            }
            if (!factsRead) {
                return finding;
            }
        }
        return findingAsking(rule);
    }

    private Finding findingAsking(Rule rule) {
        ImageFacts asking = facts.recording();
        // Its parts are pending each for itself, and another part may decide.
        boolean combined = rule instanceof Combination;
        try {
            Finding finding = rule.check(withFacts(asking));
            return combined || asking.asked().isEmpty() ? finding : Finding.pending();
        } catch (VirtualMachineError broken) {
            // Without memory no finding can be trusted.
            throw broken;
        } catch (Throwable failure) {
            if (asking.asked().isEmpty()) {
                throw failure;
            }
            return Finding.pending();
        }
    }

    /** {@return the image as typed, with its position} */
    @Override
    public String toString() {
        return image.toString();
    }
}
