/**
 * Sharing work and room: equal questions are asked once at a time, and no entry of registries takes what others need.
 * {@code policy-signature} uses it, too. The package is not exported to programs.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.share;

import org.jspecify.annotations.NullMarked;
