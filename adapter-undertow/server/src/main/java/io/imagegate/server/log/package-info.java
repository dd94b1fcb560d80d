/**
 * The log of the process on standard error. {@link io.imagegate.server.log.Logs} sends every message to one bounded
 * {@link io.imagegate.server.log.LogQueue}, in one {@link io.imagegate.server.log.LogFormat}; a rate limit applies to
 * each kind of message. Only the queue's own thread writes to standard error, so no other thread waits for its reader.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.log;

import org.jspecify.annotations.NullMarked;
