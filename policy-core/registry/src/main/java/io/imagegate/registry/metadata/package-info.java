/**
 * Reads manifests and configurations of images, and makes their metadata, wherever their bytes come from. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.metadata;

import org.jspecify.annotations.NullMarked;
