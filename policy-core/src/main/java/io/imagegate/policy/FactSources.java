package io.imagegate.policy;

import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Several sources of facts as one. Each owns some kinds of need, and only the owner of a need is asked: no source is asked because
 * another failed, knows nothing or is slow. Thread-safe.
 *
 * <pre>{@code
 * FactSource facts = FactSources.builder()
 *         .registries(images)
 *         .needs(Approval.class, approvals)
 *         .build();
 * ImageGate gate = ImageGate.of(() -> policies, facts);
 * }</pre>
 *
 * <p>One source fixes the digest of an image, unless its name has one. All others are asked about that digest: the reference that
 * they get has it, and their answer is for that reference. These facts are undecidable, so that they satisfy no rule:
 *
 * <ul>
 *   <li>those of a source that answers about another digest: with a {@link Need#DIGEST}, metadata, signatures or attestations of it
 *   <li>those of a source that throws, is late, or does not answer; the others keep theirs
 *   <li>all others if the digest is undecidable, or absent; they are unavailable if it is
 *   <li>those that no source owns
 * </ul>
 *
 * <p>What a source answers without being asked is ignored.
 *
 * @since 0.1
 */
public final class FactSources implements FactSource {

    private final FactOwners owners;
    private final TimeSource time;

    FactSources(FactOwners owners, TimeSource time) {
        this.owners = owners;
        this.time = time;
    }

    /** {@return a builder without sources} */
    public static FactSourcesBuilder builder() {
        return new FactSourcesBuilder();
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        return new CombinedLookup(owners, time, limit).find(needs);
    }

    @Override
    public FactSources sharedBy(String user) {
        return new FactSources(owners.sharedBy(user), time);
    }

    /** {@return the registry of the source that fixes the digests} */
    @Override
    public Optional<String> registry(ImageReference image) {
        return owners.digests().registry(image);
    }

    /** Does nothing: whoever opened the sources closes them. */
    @Override
    public void close() {}
}
