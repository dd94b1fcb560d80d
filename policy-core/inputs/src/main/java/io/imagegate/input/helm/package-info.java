/**
 * Values of Helm charts; templates and dependencies of charts, which are recognised and not read.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.helm;

import org.jspecify.annotations.NullMarked;
