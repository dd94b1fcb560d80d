/**
 * Imagegate behind an Undertow server: one {@link io.undertow.server.HttpHandler}, which copies bytes to the
 * {@link io.imagegate.webhook.PolicyWebhook} and its answer back, and decides nothing itself.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.undertow;

import org.jspecify.annotations.NullMarked;
