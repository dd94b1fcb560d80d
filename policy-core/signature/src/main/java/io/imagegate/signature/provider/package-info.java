/**
 * Verified signatures for gates that are opened from files.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.provider;

import org.jspecify.annotations.NullMarked;
