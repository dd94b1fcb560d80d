/**
 * Readers of patterns and globs: the named sets of a policy, the {@code match} of a rule, and what rewrites images.
 *
 * <p>{@link io.imagegate.document.pattern.PatternSets} reads every list of patterns of a policy and adds it to {@link
 * io.imagegate.document.pattern.MutationChecks}. After all policies are read, these compare the lists with the rewrites: a list
 * that names only what an image was called before would silently no longer match.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.pattern;

import org.jspecify.annotations.NullMarked;
