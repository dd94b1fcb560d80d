package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.share.Permits;
import io.imagegate.registry.share.Share;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
import io.imagegate.signature.search.StoredReferrers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store for one search: its answers arrive on the threads of an executor, but for content, which waits for its turn to be verified
 * there. It takes one large body at a time, when there is memory for it. Small ones need no permit, since a search has a few of them at
 * most.
 */
final class QueuedStore implements SignatureStore {

    private final SignatureStore store;
    private final Executor executor;
    private final Permits bodies;
    private final Share share;
    private Permits.@Nullable Permit held;
    private volatile @Nullable String over;

    QueuedStore(SignatureStore store, Executor executor, Permits bodies, Share share) {
        this.store = store;
        this.executor = executor;
        this.bodies = bodies;
        this.share = share;
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
        return ask(() -> store.tagged(tag));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
        return ask(() -> store.manifest(digest));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> image(Digest digest) {
        return ask(() -> store.image(digest));
    }

    @Override
    public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
        return ask(() -> store.referrers(image));
    }

    @Override
    public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
        if (descriptor.size() <= SMALL) {
            return unlessOver(() -> store.blob(descriptor));
        }
        release();
        return unlessOver(() -> bodies.take(share, descriptor.size()).thenCompose(permit -> {
            hold(permit);
            return unlessOver(() -> store.blob(descriptor));
        }));
    }

    private synchronized void hold(Permits.Permit next) {
        held = next;
    }

    /** Gives the memory of the last large body back, which nobody reads any more. */
    synchronized void release() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    private <T> CompletableFuture<Fact<T>> ask(Supplier<CompletableFuture<Fact<T>>> question) {
        return unlessOver(() -> question.get().thenApplyAsync(answer -> answer, executor));
    }

    private <T> CompletableFuture<Fact<T>> unlessOver(Supplier<CompletableFuture<Fact<T>>> question) {
        String reason = over;
        return reason == null ? question.get() : CompletableFuture.completedFuture(Fact.undecidable(reason));
    }

    /** Ends the search: what it still asks is undecidable, and what it has is not verified. */
    void end(String reason) {
        over = reason;
    }

    /** Runs a verification, unless the search has ended. */
    void verify(Runnable verification) {
        String reason = over;
        if (reason != null) {
            throw Refusal.undecidable(reason);
        }
        verification.run();
    }
}
