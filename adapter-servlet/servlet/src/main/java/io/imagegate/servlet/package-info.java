/**
 * Servlet for Imagegate. {@link io.imagegate.servlet.PolicyWebhookServlet} copies requests to a
 * {@link io.imagegate.webhook.PolicyWebhook} and its answers back, and decides nothing itself.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.servlet;

import org.jspecify.annotations.NullMarked;
