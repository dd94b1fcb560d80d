/**
 * Charts and kustomizations as Helm and kustomize make them. This package alone of the module starts processes, and none of it is
 * loaded unless a program opens a {@link io.imagegate.render.Rendering}.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.render;

import org.jspecify.annotations.NullMarked;
