/**
 * The log of the process on standard error. {@link io.imagegate.server.log.Logs} sends every message to one bounded
 * {@link io.imagegate.server.log.LogQueue}, in one {@link io.imagegate.server.log.LogFormat}; a rate limit applies to each
 * kind of message. No thread but the queue's own ever writes to standard error, so none waits for its reader.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.log;

import org.jspecify.annotations.NullMarked;
