package io.imagegate.signature.form;

/**
 * What a search is for.
 *
 * @param signatures whether it is for signatures of the image
 * @param attestations whether it is for attestations
 * @param predicateType of the statements; empty if every type is sought
 */
public record Sought(boolean signatures, boolean attestations, String predicateType) {

    /** Signatures and attestations of every type. */
    public static final Sought ALL = new Sought(true, true, "");
}
