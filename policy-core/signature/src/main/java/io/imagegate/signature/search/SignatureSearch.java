package io.imagegate.signature.search;

import io.imagegate.reference.Digest;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.known.KnownForms;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Finds and verifies the signatures or attestations of an image in every place where cosign and Notation store them: tags, and
 * manifests that refer to the image. Immutable and thread-safe; no thread waits for the store.
 *
 * <pre>{@code
 * SignatureSearch search = new SignatureSearch(Verifier.create(), store);
 * List<Signatory> signatories = new CopyOnWriteArrayList<>();
 * CompletableFuture<SearchEnd> end = search.signatures(image, List.of(release), Instant.now(), finding -> {
 *     if (finding.verdicts().get(0) instanceof Verdict.Verified verified) {
 *         signatories.add(verified.signatory());
 *     }
 *     return signatories.isEmpty();
 * });
 * }</pre>
 *
 * <p>Everything counts for exactly the image's digest. The likely manifests come first, at most 1,000 are read, a few
 * ahead with their content if it has at most {@value SignatureStore#SMALL} bytes. Other content is read one at a time. Of equal
 * layers, by media type, annotations and content, one is verified. At most 1,000 layers and 256 MiB are; what is beyond that is
 * missing, and undecidable.
 *
 * @since 0.1
 */
public final class SignatureSearch {

    private final Verifier verifier;
    private final SignatureStore store;
    private final SearchTurns turns;
    private final KnownForms forms;

    /**
     * Prepares searches that verify content as soon as they have it.
     *
     * @param verifier decides what counts
     * @param store where the signatures are
     */
    public SignatureSearch(Verifier verifier, SignatureStore store) {
        this(verifier, store, (bytes, verification) -> {
            verification.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * Prepares searches that share threads with others.
     *
     * @param verifier decides what counts
     * @param store where the signatures are
     * @param turns runs each verification
     */
    public SignatureSearch(Verifier verifier, SignatureStore store, SearchTurns turns) {
        this(verifier, store, turns, KnownForms.ALL);
    }

    SignatureSearch(Verifier verifier, SignatureStore store, SearchTurns turns, KnownForms forms) {
        this.verifier = Objects.requireNonNull(verifier, "verifier");
        this.store = Objects.requireNonNull(store, "store");
        this.turns = Objects.requireNonNull(turns, "turns");
        this.forms = forms;
    }

    /**
     * Finds signatures: payloads of simple signing, statements of the type {@value SignedContent#COSIGN_SIGN}, and signatures
     * of Notation. What else
     * was signed is found, too, and violates.
     *
     * @param image digest of the image
     * @param signers who may have signed
     * @param at the instant of the verification
     * @param visitor takes each signature
     * @return how the search ended
     */
    public CompletableFuture<SearchEnd> signatures(
            Digest image, List<Signer> signers, Instant at, SignatureVisitor visitor) {
        return run(Wanted.signatures(image, forms), signers, at, visitor);
    }

    /**
     * Finds attestations. Statements of other types are found, too, and violate.
     *
     * @param image digest of the image
     * @param predicateType URI of the type of the predicate
     * @param signers who may have signed
     * @param at the instant of the verification
     * @param visitor takes each attestation
     * @return how the search ended
     */
    public CompletableFuture<SearchEnd> attestations(
            Digest image, String predicateType, List<Signer> signers, Instant at, SignatureVisitor visitor) {
        return run(Wanted.attestations(image, predicateType, forms), signers, at, visitor);
    }

    /**
     * Finds signatures and attestations of every type, to show what an image has. Verdicts say who made them, not what they are:
     * one on an attestation is no verdict on a signature.
     *
     * @param image digest of the image
     * @param signers who may have made them; may be none
     * @param at the instant of the verification
     * @param visitor takes each signature and attestation
     * @return how the search ended
     */
    public CompletableFuture<SearchEnd> all(Digest image, List<Signer> signers, Instant at, SignatureVisitor visitor) {
        return run(Wanted.all(image, forms), signers, at, visitor);
    }

    private CompletableFuture<SearchEnd> run(
            Wanted wanted, List<Signer> signers, Instant at, SignatureVisitor visitor) {
        return new SearchRun(verifier, store, wanted, List.copyOf(signers), at, visitor, turns).start();
    }
}
