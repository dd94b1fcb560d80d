/**
 * Images in a folder: an OCI image layout that stands for registries, in tests.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.layout;

import org.jspecify.annotations.NullMarked;
