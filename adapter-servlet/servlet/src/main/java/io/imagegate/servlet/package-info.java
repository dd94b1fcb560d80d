/**
 * Imagegate in a servlet container: one {@link io.imagegate.servlet.PolicyWebhookServlet}, which copies bytes to the
 * {@link io.imagegate.webhook.PolicyWebhook} and its answer back, and decides nothing itself.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.servlet;

import org.jspecify.annotations.NullMarked;
