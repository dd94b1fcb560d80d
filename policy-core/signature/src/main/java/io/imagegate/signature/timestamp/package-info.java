/**
 * Timestamps of authorities as RFC 3161 has them. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.timestamp;

import org.jspecify.annotations.NullMarked;
