/**
 * Forms in which cosign and Notation store signatures and attestations. What is read here is not verified. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.format;

import org.jspecify.annotations.NullMarked;
