/**
 * Dockerfiles, as BuildKit reads them.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.dockerfile;

import org.jspecify.annotations.NullMarked;
