/**
 * The form in which cosign stores signatures and attestations: bundles of sigstore, and layers with annotations. What is read
 * here is not verified. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.cosign;

import org.jspecify.annotations.NullMarked;
