/**
 * Manifests and descriptors of images and artifacts, as registries have them.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.oci;

import org.jspecify.annotations.NullMarked;
