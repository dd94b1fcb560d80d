/**
 * Configurations of GitLab CI.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.gitlab;

import org.jspecify.annotations.NullMarked;
