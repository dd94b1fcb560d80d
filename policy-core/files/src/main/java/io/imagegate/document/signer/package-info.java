/**
 * Readers of {@code trust} and {@code signers}: trusted roots, keys, identities and certificates, most of them in files beside
 * the policy. {@link io.imagegate.document.signer.SignerSets} has one reader for each kind of signer, and resolves {@code $name}
 * in rules.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.signer;

import org.jspecify.annotations.NullMarked;
