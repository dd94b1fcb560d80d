/**
 * Reading the objects of a cluster from its API. {@link io.imagegate.server.cluster.ClusterAccess} says how the API server is
 * reached, {@link io.imagegate.server.cluster.ClusterObjects} lists the workloads in pages, and {@link
 * io.imagegate.server.cluster.OwnedObjects} knows which objects say nothing that their owners do not say.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.cluster;

import org.jspecify.annotations.NullMarked;
