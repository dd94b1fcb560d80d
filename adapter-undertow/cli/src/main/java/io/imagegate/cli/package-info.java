/**
 * The program {@code imagegate}: {@link Main} runs the command line of
 * {@link io.imagegate.cli.command}. Most commands check files ({@link io.imagegate.cli.check}) or start a server
 * ({@link io.imagegate.server.serve}).
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli;

import org.jspecify.annotations.NullMarked;
