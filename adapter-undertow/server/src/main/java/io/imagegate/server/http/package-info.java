/**
 * Limits and checks between a connection and the webhook. {@link io.imagegate.server.http.RequestLimiter} limits
 * requests: their number, their memory and their time. Requests wait in order for memory and for their turn, and slow
 * clients lose theirs.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.http;

import org.jspecify.annotations.NullMarked;
