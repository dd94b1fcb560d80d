/**
 * Formats of other tools in YAML and JSON: one loader of trees, within limits.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.tree;

import org.jspecify.annotations.NullMarked;
