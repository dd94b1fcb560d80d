/**
 * Files that are followed: looked at in intervals, read whole, and used once they have changed and are no longer being written.
 * Contents are compared, so every kind of change is seen, also the links that Kubernetes switches in a mounted ConfigMap or
 * Secret. Pipes and devices are refused, because opening one can wait for ever. Each set of files has a thread of its own
 * while it is read: one that hangs, on a network drive for example, delays no other. The package is not exported to programs.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.follow;

import org.jspecify.annotations.NullMarked;
