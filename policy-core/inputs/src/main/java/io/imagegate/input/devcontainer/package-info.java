/**
 * Development containers.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.devcontainer;

import org.jspecify.annotations.NullMarked;
