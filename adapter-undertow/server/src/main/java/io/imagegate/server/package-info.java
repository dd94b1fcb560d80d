/**
 * The program {@code imagegate}: {@link Main} runs the command line of
 * {@link io.imagegate.server.cli}. Most commands check files ({@link io.imagegate.server.check}) or start a server
 * ({@link io.imagegate.server.serve}).
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server;

import org.jspecify.annotations.NullMarked;
