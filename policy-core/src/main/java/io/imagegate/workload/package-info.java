/**
 * Where images stand in objects of a kind. A {@link io.imagegate.workload.Workload} names the places in one kind: pod
 * specifications, single images, values of Helm charts. {@link io.imagegate.workload.Workloads} has the workloads of a set of
 * policies by kind: the built-in ones, those that policies name, and well-known custom resources, which the resource {@code
 * workloads.txt} lists with their sources.
 *
 * <p>A place is a {@link io.imagegate.workload.WorkloadPath}, such as {@code spec.steps[*].image}. It has no conditions and no
 * indexes, so that all places of all kinds can be found in one pass over an object.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.workload;

import org.jspecify.annotations.NullMarked;
