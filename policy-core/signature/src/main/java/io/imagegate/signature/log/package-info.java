/**
 * Evidence of transparency logs: entries, promises, inclusion proofs, checkpoints, and timestamps in certificates. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.log;

import org.jspecify.annotations.NullMarked;
