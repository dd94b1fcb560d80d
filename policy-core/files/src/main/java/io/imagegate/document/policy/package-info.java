/**
 * Readers of policies: one document, a file, a folder or a built-in policy. A {@link
 * io.imagegate.document.policy.PolicyLoading} is the state of one load; it collects the policies and problems of all locations. A
 * {@link io.imagegate.document.policy.PolicyReader} reads one policy and passes each part to its reader.
 *
 * <p>A policy is made only if no problem was recorded for it.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.policy;

import org.jspecify.annotations.NullMarked;
