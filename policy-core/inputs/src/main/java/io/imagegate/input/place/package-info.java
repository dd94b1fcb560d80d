/**
 * Texts with variables, each part of which knows where it is written.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.place;

import org.jspecify.annotations.NullMarked;
