package io.imagegate.policy;

import io.imagegate.reference.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Digest whose signatures or attestations satisfied a rule. Only decisions make one: {@link RunnableImage#verified()} says when.
 * Immutable.
 *
 * @since 0.1
 */
public final class VerifiedDigest {

    private final Digest digest;

    VerifiedDigest(Digest digest) {
        this.digest = digest;
    }

    /** {@return the digest} */
    public Digest digest() {
        return digest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifiedDigest that && digest.equals(that.digest);
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
