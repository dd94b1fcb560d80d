/**
 * The form of Notation's signatures: envelopes of JWS and COSE, read strictly. Nothing in them is verified here but that the
 * signature is by the key of its certificate. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.notation;

import org.jspecify.annotations.NullMarked;
