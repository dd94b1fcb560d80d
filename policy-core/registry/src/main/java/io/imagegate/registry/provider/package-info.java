/**
 * Registries for gates that are opened from files.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.provider;

import org.jspecify.annotations.NullMarked;
