/**
 * The command line and the standalone server. {@link io.imagegate.server.Main} reads the arguments; each command is a
 * class of its own; {@link io.imagegate.server.HttpsServer} is what both {@code serve} and {@code quickstart} start.
 * Nothing is decided here: reviews go to {@link io.imagegate.webhook.PolicyWebhook}.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server;

import org.jspecify.annotations.NullMarked;
