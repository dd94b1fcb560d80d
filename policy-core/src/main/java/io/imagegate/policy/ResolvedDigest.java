package io.imagegate.policy;

import io.imagegate.reference.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Digest that a name stood for when a decision looked it up. It is the word of the registry: it says which image the rules checked, not
 * that anybody vouches for it. Only decisions make one. Immutable.
 *
 * @since 0.1
 */
public final class ResolvedDigest {

    private final Digest digest;

    ResolvedDigest(Digest digest) {
        this.digest = digest;
    }

    /** {@return the digest} */
    public Digest digest() {
        return digest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResolvedDigest that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** {@return the digest as text} */
    @Override
    public String toString() {
        return digest.toString();
    }
}
