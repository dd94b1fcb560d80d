package io.imagegate.cli.verify;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signer.Signer;
import io.imagegate.text.ShownText;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whether a signer signed an image. It ends with the first signature that verifies. */
public final class ImageVerification {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_REASONS = 3;

    private final ImageReference image;
    private final Signer signer;
    private final Set<String> reasons = new LinkedHashSet<>();
    private int found;
    private @Nullable String unknown;
    private @Nullable Digest digest;
    private Verdict.@Nullable Verified verified;

    private ImageVerification(ImageReference image, Signer signer) {
        this.image = image;
        this.signer = signer;
    }

    /**
     * {@return what was found; waits for the registry}
     *
     * @param registries the registries that may be contacted
     * @param image the image
     * @param signer who must have signed it
     */
    public static ImageVerification of(Registries registries, ImageReference image, Signer signer) {
        ImageVerification verification = new ImageVerification(image, signer);
        CompletableFuture<?> search = image.digest()
                .map(written -> CompletableFuture.completedFuture(Fact.known(written)))
                .orElseGet(() -> registries.digest(image))
                .thenCompose(fact -> verification.search(registries, fact));
        boolean ended = TimeSource.system()
                .completeAfter(search.thenApply(end -> true), LIMIT, () -> false)
                .join();
        if (!ended) {
            verification.miss("the registry did not answer within " + LIMIT.toSeconds() + " s");
        }
        return verification;
    }

    private CompletableFuture<?> search(Registries registries, Fact<Digest> resolved) {
        if (resolved.value().isEmpty()) {
            miss(resolved.state().name().toLowerCase(Locale.ROOT) + ": " + resolved.reason());
            return CompletableFuture.completedFuture(null);
        }
        Digest known = resolved.value().get();
        found(known);
        return new SignatureSearch(Verifier.create(), SignatureStore.of(registries, image))
                .signatures(known, List.of(signer), TimeSource.system().instant(), this::take)
                .thenAccept(this::end)
                .thenCompose(done -> isUnsigned() && image.digest().isPresent()
                        ? registries.digest(image).thenAccept(this::exists)
                        : CompletableFuture.completedFuture(null));
    }

    private synchronized boolean isUnsigned() {
        return found == 0 && unknown == null;
    }

    /** A digest that was written is not looked up first: an image that is signed costs no request for it. */
    private void exists(Fact<Digest> written) {
        if (written.state() == Fact.State.ABSENT) {
            miss("absent: " + written.reason());
        }
    }

    private synchronized void found(Digest known) {
        digest = known;
    }

    private synchronized boolean take(SignatureFinding finding) {
        found++;
        Verdict verdict = finding.verdicts().get(0);
        if (verdict instanceof Verdict.Verified enough) {
            verified = enough;
        } else if (reasons.size() <= MOST_REASONS) {
            reasons.add(VerdictText.reason(verdict));
        }
        return verified == null;
    }

    private synchronized void end(SearchEnd end) {
        end.missing().ifPresent(state -> miss(state.name().toLowerCase(Locale.ROOT) + ": " + end.reason()));
    }

    private synchronized void miss(String why) {
        unknown = why;
    }

    /** {@return whether a signature verified} */
    public synchronized boolean isVerified() {
        return verified != null;
    }

    /**
     * {@return who signed, when and in which log; or what was found instead}
     *
     * @param withRoot whether a trusted root was given
     */
    public synchronized String line(boolean withRoot) {
        String what =
                digest == null ? image.canonical() : image.withDigest(digest).canonical();
        if (verified != null) {
            return VerdictText.line(what, verified, withRoot);
        }
        String why = Optional.ofNullable(unknown).map(text -> text + "; ").orElse("") + reasons();
        return ShownText.escape("not verified: " + what + ": " + why);
    }

    private String reasons() {
        if (found == 0) {
            return unknown == null ? "it is not signed, expected a signature by " + signer : "wanted is " + signer;
        }
        String listed = String.join("; ", reasons.stream().limit(MOST_REASONS).toList());
        return "of " + found + (found == 1 ? " signature or attestation" : " signatures and attestations")
                + " none counts: " + listed + (reasons.size() > MOST_REASONS ? "; and others" : "");
    }
}
