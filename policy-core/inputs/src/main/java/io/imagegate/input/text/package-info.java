/**
 * A base for formats whose images are written as they are.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.text;

import org.jspecify.annotations.NullMarked;
