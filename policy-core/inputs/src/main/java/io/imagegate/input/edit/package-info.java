/**
 * Replaces images in texts of YAML, JSON and others, and leaves everything else as it is, byte for byte.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.edit;

import org.jspecify.annotations.NullMarked;
