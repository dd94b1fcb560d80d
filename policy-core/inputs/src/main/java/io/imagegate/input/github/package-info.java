/**
 * Workflows and actions of GitHub.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.github;

import org.jspecify.annotations.NullMarked;
