package io.imagegate.cli.inspect;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signer.Signer;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The signatures and attestations of an image, in the order in which they were found: at most 1,000. */
public final class FoundSignatures {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final boolean withRoot;
    private final List<FoundSignature> all = new ArrayList<>();
    private String problem = "";

    private FoundSignatures(boolean withRoot) {
        this.withRoot = withRoot;
    }

    /**
     * {@return what was found; waits for the registry}
     *
     * @param registries the registries that may be contacted
     * @param name the image
     * @param image its digest
     * @param signers who may have signed; may be none
     * @param withRoot whether a trusted root was given
     */
    public static FoundSignatures of(
            Registries registries, ImageReference name, Digest image, List<Signer> signers, boolean withRoot) {
        FoundSignatures found = new FoundSignatures(withRoot);
        CompletableFuture<SearchEnd> search = new SignatureSearch(
                        Verifier.create(), SignatureStore.of(registries, name))
                .all(image, signers, TimeSource.system().instant(), found::take);
        String problem = TimeSource.system()
                .completeAfter(
                        search.thenApply(end -> end.missing().isPresent() ? end.reason() : ""),
                        LIMIT,
                        () -> "the registry did not answer within " + LIMIT.toSeconds() + " s")
                .join();
        found.end(problem);
        return found;
    }

    private synchronized boolean take(SignatureFinding finding) {
        all.add(FoundSignature.of(finding, withRoot));
        return true;
    }

    private synchronized void end(String why) {
        problem = why;
    }

    synchronized List<FoundSignature> all() {
        return List.copyOf(all);
    }

    /** {@return why some may be missing; empty if none is} */
    synchronized String problem() {
        return problem;
    }
}
