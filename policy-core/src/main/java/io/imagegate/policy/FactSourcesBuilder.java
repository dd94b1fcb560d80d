package io.imagegate.policy;

import io.imagegate.fact.FactSource;
import io.imagegate.fact.Need;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says which source owns which kinds of need. A kind has one owner: a second one is refused. Immutable: each method returns a copy.
 *
 * @since 0.1
 */
public final class FactSourcesBuilder {

    private final Map<NeedKind, FactSource> owners;
    private final @Nullable FactSource registries;
    private final @Nullable FactSource others;

    FactSourcesBuilder() {
        this(Map.of(), null, null);
    }

    private FactSourcesBuilder(
            Map<NeedKind, FactSource> owners, @Nullable FactSource registries, @Nullable FactSource others) {
        this.owners = owners;
        this.registries = registries;
        this.others = others;
    }

    /**
     * Sets the source that fixes the digests of images: {@link Need#DIGEST}. It is trusted with the decision: it says which image a tag
     * names, and whether that registry is down, which {@code onUnavailable} can excuse.
     *
     * @param source the owner
     * @return a copy with it
     * @throws IllegalArgumentException if they have an owner
     */
    public FactSourcesBuilder digests(FactSource source) {
        return with(NeedKind.DIGEST, source);
    }

    /**
     * Sets the source of the metadata of images: {@link Need#METADATA}.
     *
     * @param source the owner
     * @return a copy with it
     * @throws IllegalArgumentException if they have an owner
     */
    public FactSourcesBuilder metadata(FactSource source) {
        return with(NeedKind.METADATA, source);
    }

    /**
     * Sets the source of signatures and attestations: {@link SignatureNeed} and {@link AttestationNeed}. It verifies them: whoever
     * may write its answers can sign every image.
     *
     * @param source the owner
     * @return a copy with it
     * @throws IllegalArgumentException if they have an owner
     */
    public FactSourcesBuilder signatures(FactSource source) {
        return with(NeedKind.SIGNATURES, source);
    }

    /**
     * Sets the source of a kind of need that the program made.
     *
     * @param kind the class of the needs, not one that they extend
     * @param source the owner
     * @return a copy with it
     * @throws IllegalArgumentException if they have an owner, or no need has this class, or it is one of Imagegate
     */
    public FactSourcesBuilder needs(Class<? extends Need<?>> kind, FactSource source) {
        return with(NeedKind.of(kind), source);
    }

    /**
     * Sets the source of digests, metadata, signatures and attestations, of those that get no other owner.
     *
     * @param source the owner
     * @return a copy with it
     * @throws IllegalArgumentException if there is such a source
     */
    public FactSourcesBuilder registries(FactSource source) {
        requireNone("registries", registries, source);
        return new FactSourcesBuilder(owners, source, others);
    }

    /**
     * Sets the source of all needs that the program made, of those that get no other owner.
     *
     * @param source the owner
     * @return a copy with it
     * @throws IllegalArgumentException if there is such a source
     */
    public FactSourcesBuilder others(FactSource source) {
        requireNone("others", others, source);
        return new FactSourcesBuilder(owners, registries, source);
    }

    private FactSourcesBuilder with(NeedKind kind, FactSource source) {
        requireNone(kind.toString(), owners.get(kind), source);
        Map<NeedKind, FactSource> more = new HashMap<>(owners);
        more.put(kind, source);
        return new FactSourcesBuilder(more, registries, others);
    }

    private static void requireNone(String what, @Nullable FactSource owner, FactSource source) {
        Objects.requireNonNull(source, "source");
        if (owner != null) {
            throw new IllegalArgumentException(what + ": expected one fact source, got "
                    + owner.getClass().getName() + " and " + source.getClass().getName());
        }
    }

    /** {@return whether signatures and attestations have an owner of their own} */
    public boolean hasSignatures() {
        return owners.containsKey(NeedKind.SIGNATURES);
    }

    /**
     * Makes the source.
     *
     * @return the source
     * @throws IllegalStateException if no source owns the digests of images
     */
    public FactSources build() {
        return build(TimeSource.system());
    }

    FactSources build(TimeSource time) {
        if (registries == null && !owners.containsKey(NeedKind.DIGEST)) {
            throw new IllegalStateException(
                    "fact sources: expected one that owns the digests of images, with digests(…) or registries(…)");
        }
        return new FactSources(new FactOwners(owners, registries, others), time);
    }
}
