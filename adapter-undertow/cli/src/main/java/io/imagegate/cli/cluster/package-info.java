/**
 * Reading the objects of a cluster from its API. {@link ClusterAccess} says how the API server is
 * reached, {@link ClusterObjects} lists the workloads in pages, and
 * {@link OwnedObjects} knows which objects say nothing that their owners do not say.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli.cluster;

import org.jspecify.annotations.NullMarked;
