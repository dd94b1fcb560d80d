/**
 * Notifications: chosen outcomes as CloudEvents to HTTPS endpoints that the operator names in a file, signed as Standard Webhooks. What
 * happens is collected, so that each outcome makes at most one event a minute, and sent apart from the answers to reviews.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.notify;

import org.jspecify.annotations.NullMarked;
