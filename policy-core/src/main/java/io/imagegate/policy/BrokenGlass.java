package io.imagegate.policy;

import org.jspecify.annotations.Nullable;

/**
 * Break-glass that covers the violations of a review.
 *
 * @param ticket value of the annotation; null if only one value matches, because that is a password
 */
record BrokenGlass(@Nullable String ticket) {}
