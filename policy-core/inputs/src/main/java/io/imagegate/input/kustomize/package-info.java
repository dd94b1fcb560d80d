/**
 * Kustomizations, of which is made what kubectl makes of them: in trees, within limits.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.kustomize;

import org.jspecify.annotations.NullMarked;
