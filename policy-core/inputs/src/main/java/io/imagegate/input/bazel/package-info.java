/**
 * Modules of Bazel: images that rules_oci pulls.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.bazel;

import org.jspecify.annotations.NullMarked;
