/**
 * Files with objects of Flux, Argo CD and k3s, which deploy folders and charts.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.deploy;

import org.jspecify.annotations.NullMarked;
