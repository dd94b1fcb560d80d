/**
 * Lists of images.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.list;

import org.jspecify.annotations.NullMarked;
