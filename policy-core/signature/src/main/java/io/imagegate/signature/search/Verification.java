package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.Signer;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether a signer signed an image, found without a policy. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (Registries registries = Registries.of(ImageRegistries.of(image))) {
 *     ImageReference verified = Verification.of(registries, image, release).join().requireVerified();
 *     run(verified); // repository@digest: a tag may have moved since
 * }
 * }</pre>
 *
 * <p>The search ends with the first signature that counts. Nothing is kept: a program that verifies many images gives a {@link
 * io.imagegate.rule.SignatureRule} to {@code SignedImages}.
 *
 * @since 0.1
 */
public final class Verification {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_REASONS = 3;

    private final ImageReference image;
    private final @Nullable Digest digest;
    private final Verdict.@Nullable Verified verified;
    private final String reason;

    private Verification(
            ImageReference image, @Nullable Digest digest, Verdict.@Nullable Verified verified, String reason) {
        this.image = image;
        this.digest = digest;
        this.verified = verified;
        this.reason = reason;
    }

    /**
     * Looks for a signature by a signer, with the cryptography of the installed providers.
     *
     * @param registries the registries that may be contacted
     * @param image the image; of a tag, the digest that it names now
     * @param signer who must have signed it
     * @return what was found, after a minute at most; it never completes exceptionally
     * @throws IllegalArgumentException if the trusted root of the signer cannot be read
     */
    public static CompletableFuture<Verification> of(Registries registries, ImageReference image, Signer signer) {
        return of(
                registries,
                image,
                signer,
                Verifier.create(),
                TimeSource.system().instant());
    }

    /**
     * Looks for a signature by a signer.
     *
     * @param registries the registries that may be contacted
     * @param image the image; of a tag, the digest that it names now
     * @param signer who must have signed it
     * @param verifier decides what counts
     * @param at the instant of the verification
     * @return what was found, after a minute at most; it never completes exceptionally
     * @throws IllegalArgumentException if the trusted root of the signer cannot be read
     */
    public static CompletableFuture<Verification> of(
            Registries registries, ImageReference image, Signer signer, Verifier verifier, Instant at) {
        verifier.requireUsable(signer);
        Search search = new Search(registries, image, signer);
        return TimeSource.system()
                .completeAfter(search.run(verifier, at).thenApply(end -> true), LIMIT, () -> false)
                .thenApply(search::result);
    }

    /** {@return whether a signature by the signer counts for exactly the digest of the image} */
    public boolean isVerified() {
        return verified != null;
    }

    /** {@return the first signature that counts; empty if none does} */
    public Optional<Verdict.Verified> verified() {
        return Optional.ofNullable(verified);
    }

    /**
     * {@return the image with the digest that was verified, which is the one to run}
     *
     * @throws IllegalStateException if no signature counts; the message names the image and says why
     */
    public ImageReference requireVerified() {
        if (verified == null || digest == null) {
            throw new IllegalStateException(toString());
        }
        return image.withDigest(digest);
    }

    /** {@return the digest whose signatures were looked for; empty if it is not known} */
    public Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }

    /** {@return why no signature counts, and what could not be read; empty if one counts} */
    public String reason() {
        return reason;
    }

    /** {@return the image with its digest, and who signed it or why it is not verified} */
    @Override
    public String toString() {
        String what = (digest == null ? image : image.withDigest(digest)).canonical();
        return verified == null ? what + " is not verified: " + reason : what + " is signed by " + verified.signatory();
    }

    /** What was found so far. */
    private static final class Search {

        private final Registries registries;
        private final ImageReference image;
        private final Signer signer;
        private final Set<String> reasons = new LinkedHashSet<>();
        private int found;
        private @Nullable String unknown;
        private @Nullable Digest digest;
        private Verdict.@Nullable Verified verified;

        Search(Registries registries, ImageReference image, Signer signer) {
            this.registries = registries;
            this.image = image;
            this.signer = signer;
        }

        CompletableFuture<?> run(Verifier verifier, Instant at) {
            return image.digest()
                    .map(written -> CompletableFuture.completedFuture(Fact.known(written)))
                    .orElseGet(() -> registries.digest(image))
                    .thenCompose(resolved -> resolved.value()
                            .<CompletableFuture<?>>map(known -> run(verifier, at, known))
                            .orElseGet(() -> missing(resolved.state(), resolved.reason())));
        }

        private CompletableFuture<?> run(Verifier verifier, Instant at, Digest known) {
            found(known);
            return new SignatureSearch(verifier, SignatureStore.of(registries, image))
                    .signatures(known, List.of(signer), at, this::take)
                    .thenCompose(end -> end.missing()
                            .<CompletableFuture<?>>map(state -> missing(state, end.reason()))
                            .orElseGet(this::exists));
        }

        /** A digest that was written is not looked up first: an image that is signed costs no request for it. */
        private CompletableFuture<?> exists() {
            return isUnsigned() && image.digest().isPresent()
                    ? registries
                            .digest(image)
                            .thenCompose(written -> written.state() == Fact.State.ABSENT
                                    ? missing(written.state(), written.reason())
                                    : CompletableFuture.completedFuture(null))
                    : CompletableFuture.completedFuture(null);
        }

        private synchronized boolean isUnsigned() {
            return found == 0 && unknown == null;
        }

        private synchronized void found(Digest known) {
            digest = known;
        }

        private synchronized boolean take(SignatureFinding finding) {
            found++;
            Verdict verdict = finding.verdicts().get(0);
            if (verdict instanceof Verdict.Verified enough) {
                verified = enough;
            } else if (verdict instanceof Verdict.Undecidable open) {
                add("undecidable: " + open.message());
            } else if (verdict instanceof Verdict.Violated violated) {
                add(violated.message());
            }
            return verified == null;
        }

        private void add(String why) {
            if (reasons.size() <= MOST_REASONS) {
                reasons.add(why);
            }
        }

        private synchronized CompletableFuture<?> missing(Fact.State state, String why) {
            unknown = state.name().toLowerCase(Locale.ROOT) + ": " + why;
            return CompletableFuture.completedFuture(null);
        }

        synchronized Verification result(boolean ended) {
            if (verified != null) {
                return new Verification(image, digest, verified, "");
            }
            if (!ended) {
                unknown = "the registry did not answer within " + LIMIT.toSeconds() + " s";
            }
            String why = Optional.ofNullable(unknown).map(text -> text + "; ").orElse("") + reasons();
            return new Verification(image, digest, null, why);
        }

        private String reasons() {
            if (found == 0) {
                return unknown == null ? "it is not signed, expected a signature by " + signer : "wanted is " + signer;
            }
            String listed =
                    String.join("; ", reasons.stream().limit(MOST_REASONS).toList());
            return "of " + found + (found == 1 ? " signature or attestation" : " signatures and attestations")
                    + " none counts: " + listed + (reasons.size() > MOST_REASONS ? "; and others" : "");
        }
    }
}
