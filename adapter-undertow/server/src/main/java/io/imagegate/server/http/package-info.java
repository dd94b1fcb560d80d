/**
 * What stands between the network and the webhook: connections are counted and the quietest give way
 * ({@link io.imagegate.server.http.Connections}), requests are admitted or turned away
 * ({@link io.imagegate.server.http.Gate}), and large bodies share a budget of memory
 * ({@link io.imagegate.server.http.BodyBudget}). Whatever a client does, it costs others nothing but their place in a
 * queue.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.http;

import org.jspecify.annotations.NullMarked;
