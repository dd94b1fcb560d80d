/**
 * YAML whose values know their position, so that a mistake names file, line and column. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.yaml;

import org.jspecify.annotations.NullMarked;
