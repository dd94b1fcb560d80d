/**
 * Undertow handler for Imagegate. {@link io.imagegate.undertow.PolicyWebhookHandler} copies requests to a
 * {@link io.imagegate.webhook.PolicyWebhook} and its answers back, and decides nothing itself.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.undertow;

import org.jspecify.annotations.NullMarked;
