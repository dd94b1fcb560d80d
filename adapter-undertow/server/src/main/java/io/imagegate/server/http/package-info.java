/**
 * Limits and checks between the network and the webhook. {@link io.imagegate.server.http.Connections} limits
 * connections, {@link io.imagegate.server.http.RequestLimiter} limits requests: their number, their memory and their
 * time. Requests wait in order for memory and for their turn, and slow clients lose theirs. An HTTP/2 stream that is
 * reset ends alone ({@link io.imagegate.server.http.Http2Connection}).
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.http;

import org.jspecify.annotations.NullMarked;
