package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One search. Its steps run one after another, each on the thread that completed the one before; each verification waits for
 * its turn.
 */
final class SearchRun {

    private static final int MOST = 1000;
    private static final int MOST_MIB = 256;
    private static final long MOST_BYTES = (long) MOST_MIB << 20;

    private final Verifier verifier;
    private final SignatureStore store;
    private final Wanted wanted;
    private final List<Signer> signers;
    private final Instant at;
    private final SignatureVisitor visitor;
    private final SearchTurns turns;

    private final CompletableFuture<SearchEnd> end = new CompletableFuture<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Set<Digest> seen = new HashSet<>();
    private int listed;
    private final KnownLayers known = new KnownLayers();
    private int layers;
    private long bytes;
    private boolean enough;
    private Optional<Fact.State> missing = Optional.empty();
    private String reason = "";
    private @Nullable Held held;
    private Artifact target;
    private boolean targetRead;

    /** Asks the store something, and goes on with the answer. */
    private interface Step {
        CompletableFuture<?> begin();
    }

    /** The last small content: many layers of cosign differ from it in their annotations alone. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Held(StoredDescriptor layer, byte[] content, StoredSignature signature, List<Verdict> verdicts) {}

    SearchRun(
            Verifier verifier,
            SignatureStore store,
            Wanted wanted,
            List<Signer> signers,
            Instant at,
            SignatureVisitor visitor,
            SearchTurns turns) {
        this.verifier = verifier;
        this.store = store;
        this.wanted = wanted;
        this.signers = signers;
        this.at = at;
        this.visitor = visitor;
        this.turns = turns;
        this.target = Artifact.of(wanted.image());
    }

    CompletableFuture<SearchEnd> start() {
        for (String name : wanted.tags()) {
            CompletableFuture<Fact<StoredManifest>> tag = store.tagged(name);
            steps.add(() -> use(tag, "the tag " + name, this::addTagged));
        }
        CompletableFuture<Fact<StoredReferrers>> referrers = store.referrers(wanted.image());
        steps.add(() -> use(referrers, "the referrers", this::addReferrers));
        run();
        return end;
    }

    /** A loop, not a chain of futures: a thousand answers may be there at once. */
    private void run() {
        try {
            while (!steps.isEmpty() && !enough) {
                CompletableFuture<?> step = steps.remove().begin();
                if (!step.isDone()) {
                    CompletableFuture<?> unused = step.whenComplete((done, failure) -> goOn(failure));
                    return;
                }
                step.join();
            }
            int manifests = Math.max(listed, seen.size());
            end.complete(new SearchEnd(steps.isEmpty() && !enough, manifests, missing, reason));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    private void goOn(@Nullable Throwable failure) {
        if (failure == null) {
            run();
        } else {
            end.completeExceptionally(failure);
        }
    }

    private <T> CompletableFuture<?> use(CompletableFuture<Fact<T>> asked, String what, Consumer<T> use) {
        return asked.thenAccept(fact -> {
            if (fact.state() != Fact.State.KNOWN && fact.state() != Fact.State.ABSENT) {
                // That a registry is down is no matter of one tag, and its name is in the reason.
                boolean down = fact.state() == Fact.State.UNAVAILABLE;
                miss(fact.state(), down ? fact.reason() : what + ": " + fact.reason());
            }
            fact.value().ifPresent(use);
        });
    }

    /** What is listed must be there. */
    private <T> CompletableFuture<?> useListed(CompletableFuture<Fact<T>> asked, String what, Consumer<T> use) {
        return use(
                asked.thenApply(fact -> {
                    if (fact.state() == Fact.State.ABSENT) {
                        miss(Fact.State.UNDECIDABLE, what + " is listed, but does not exist");
                    }
                    return fact;
                }),
                what,
                use);
    }

    /** Of several things that could not be read, one that is undecidable counts. */
    private void miss(Fact.State state, String why) {
        if (missing.isEmpty() || (missing.get() != Fact.State.UNDECIDABLE && state == Fact.State.UNDECIDABLE)) {
            missing = Optional.of(state);
            reason = why;
        }
    }

    private void addTagged(StoredManifest manifest) {
        boolean another = manifest.subject()
                .filter(subject -> !subject.equals(wanted.image()))
                .isPresent();
        if (!another && seen.add(manifest.digest())) {
            addLayers(manifest, store::blob);
        }
    }

    private void addReferrers(StoredReferrers referrers) {
        referrers.missing().ifPresent(state -> miss(state, "the referrers: " + referrers.reason()));
        Set<Digest> all = new HashSet<>(seen);
        List<StoredDescriptor> others = referrers.manifests().stream()
                .sorted(Comparator.comparing(wanted::likelihood))
                .filter(descriptor -> all.add(descriptor.digest()))
                .toList();
        listed = all.size();
        List<StoredDescriptor> read = others.subList(0, Math.min(others.size(), MOST - seen.size()));
        ManifestsAhead manifests = new ManifestsAhead(store, wanted, read);
        read.forEach(descriptor -> steps.add(() -> readManifest(manifests.next())));
        if (read.size() < others.size()) {
            steps.add(this::missOthers);
        }
    }

    private CompletableFuture<?> missOthers() {
        miss(Fact.State.UNDECIDABLE, "more than " + MOST + " manifests refer to " + wanted.image());
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> readManifest(ManifestsAhead.Asked asked) {
        Digest digest = asked.descriptor().digest();
        seen.add(digest);
        return useListed(asked.manifest(), "the manifest " + digest, manifest -> addReferrer(asked, manifest));
    }

    private void addReferrer(ManifestsAhead.Asked asked, StoredManifest manifest) {
        if (!wanted.refers(manifest)) {
            return;
        }
        if (!asked.descriptor().describes(manifest)) {
            visit(
                    manifest,
                    0,
                    new Verdict.Violated(
                            SignatureFault.FORMAT, "the manifest has another size or media type than is listed"));
            return;
        }
        addLayers(manifest, layer -> asked.blob(manifest, layer));
    }

    /** They come before the other manifests. */
    private void addLayers(StoredManifest manifest, Function<StoredDescriptor, CompletableFuture<Fact<byte[]>>> blobs) {
        for (int i = manifest.layers().size() - 1; i >= 0; i--) {
            int index = i;
            if (wanted.isIn(manifest, manifest.layers().get(i))) {
                steps.push(() -> readLayer(manifest, index, blobs));
            }
        }
    }

    private CompletableFuture<?> readLayer(
            StoredManifest manifest, int index, Function<StoredDescriptor, CompletableFuture<Fact<byte[]>>> blobs) {
        StoredDescriptor layer = manifest.layers().get(index);
        if (wanted.bindsManifest(layer) && !targetRead) {
            steps.push(() -> readLayer(manifest, index, blobs));
            return readTarget();
        }
        if (++layers > MOST) {
            return missMore(MOST + " signatures and attestations");
        }
        Held last = held;
        boolean first = known.add(layer);
        if (last != null && layer.digest().equals(last.layer().digest()) && layer.size() == last.content().length) {
            return verifyInTurn(manifest, index, last.content());
        }
        if (!first) {
            return CompletableFuture.completedFuture(null);
        }
        if (layer.size() > MOST_BYTES - bytes) {
            return missMore(MOST_MIB + " MiB of signatures and attestations");
        }
        String what = "the content " + layer.digest();
        return useListed(blobs.apply(layer), what, content -> steps.push(() -> verifyInTurn(manifest, index, content)));
    }

    private CompletableFuture<?> missMore(String than) {
        miss(Fact.State.UNDECIDABLE, wanted.image() + " has more than " + than);
        return CompletableFuture.completedFuture(null);
    }

    /** Signatures of some forms are about the media type and size of the image's manifest, too. */
    private CompletableFuture<?> readTarget() {
        targetRead = true;
        return useListed(
                store.image(wanted.image()),
                "the manifest " + wanted.image(),
                found -> target = Artifact.manifest(wanted.image(), found.mediaType(), found.size()));
    }

    private CompletableFuture<?> verifyInTurn(StoredManifest manifest, int index, byte[] content) {
        return turns.run(content.length, () -> verify(manifest, index, content));
    }

    private void verify(StoredManifest manifest, int index, byte[] content) {
        StoredDescriptor layer = manifest.layers().get(index);
        Held last = held;
        Held now = last != null && last.layer().equals(layer) ? last : verified(layer, content);
        if (content.length <= SignatureStore.SMALL) {
            held = now;
        }
        enough |= !visitor.visit(
                new SignatureFinding(manifest.digest(), index, now.verdicts(), Optional.of(now.signature()), target));
    }

    private Held verified(StoredDescriptor layer, byte[] content) {
        bytes += content.length;
        StoredSignature signature = StoredSignature.layer(layer.mediaType(), layer.annotations(), content);
        List<Verdict> verdicts = verifier.verify(signature, target, signers, at).stream()
                .map(wanted::check)
                .toList();
        return new Held(layer, content, signature, verdicts);
    }

    private void visit(StoredManifest manifest, int index, Verdict verdict) {
        List<Verdict> verdicts = signers.stream().map(signer -> verdict).toList();
        enough |= !visitor.visit(new SignatureFinding(manifest.digest(), index, verdicts, Optional.empty(), target));
    }
}
