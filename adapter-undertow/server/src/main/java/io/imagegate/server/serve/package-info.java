/**
 * One running server. {@link io.imagegate.server.serve.ReviewServer} starts its parts in order: the policies, the HTTPS
 * listener, the management listener with probes and metrics, and the warm-up. Nothing is decided here: reviews go to
 * {@link io.imagegate.webhook.PolicyWebhook}.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.serve;

import org.jspecify.annotations.NullMarked;
