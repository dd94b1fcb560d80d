package io.imagegate.signature.proof;

/** Tells whether signatures of one form are those of one signer. Immutable and thread-safe. */
@FunctionalInterface
public interface SignerCheck {

    /** {@return who signed, and when} Whatever does not count ends in a refusal. What was signed is not read. */
    Proof verify(Verification verification);
}
