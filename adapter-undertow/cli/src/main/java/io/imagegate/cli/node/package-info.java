/**
 * Verdicts on images that a node pulls, for containerd. {@link PulledImage} is the image at the digest
 * that containerd resolved, {@link NodeVerdict} the answer on one line. The answer comes in time: after a
 * deadline, and after any failure, it is a refusal.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli.node;

import org.jspecify.annotations.NullMarked;
