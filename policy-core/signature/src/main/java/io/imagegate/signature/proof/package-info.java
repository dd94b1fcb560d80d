/**
 * What proves that a signer made a signature, and when: the key or certificate, and what logs and authorities say. The package is
 * not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.proof;

import org.jspecify.annotations.NullMarked;
