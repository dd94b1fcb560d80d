/**
 * Verification of cosign's signatures and attestations and of Notation's signatures, from bytes to a verdict.
 *
 * <p>A {@link io.imagegate.signature.Verifier} checks one {@link io.imagegate.signature.StoredSignature} for an
 * {@link io.imagegate.signature.Artifact} and a {@link io.imagegate.signer.Signer}, at an instant that the caller gives.
 * It does no I/O. Whatever the bytes are, the answer is a {@link io.imagegate.signature.Verdict}: hostile input causes no
 * exception. {@code io.imagegate.signature.search} finds all signatures of an image in a registry, and
 * {@code io.imagegate.signature.fact} answers what policies ask about them.
 *
 * <p>Cryptography is that of the installed providers of the Java Cryptography Architecture; none is named. Unsigned text is
 * held strictly, too: duplicate names in JSON, base64 that is not canonical, DER that is not, and text after a document are
 * violations.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature;

import org.jspecify.annotations.NullMarked;
