/**
 * Signers as data, and what was found about them. A {@link io.imagegate.signer.Signer} says who may sign: a key, an
 * identity or a company's certificate. Policies name signers, and the verifier of {@code policy-signature} takes the same ones. {@link io.imagegate.signer.SignatureNeed} and
 * {@link io.imagegate.signer.AttestationNeed} ask a fact source for signatures and attestations of an image by some signers;
 * {@link io.imagegate.signer.SignatureFacts} answers both: what verified, and what was found instead.
 *
 * <p>What an attestation says is a matter of {@link io.imagegate.predicate}: a {@link io.imagegate.signer.SignedBy} has the values
 * and the content that the need asked for.
 *
 * <p>Nothing here verifies anything. A fact source verifies, and keeps its answers by content: {@code identity()} of signers
 * and trust, and {@code key()} of needs, change with each byte of a key or certificate, and never with a name.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signer;

import org.jspecify.annotations.NullMarked;
