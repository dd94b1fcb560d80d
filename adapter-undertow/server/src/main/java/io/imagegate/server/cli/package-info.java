/**
 * The command line. {@link io.imagegate.server.cli.ImagegateCommand} reads the arguments and runs one command; each
 * command is a class of its own, and so is each group of options. Options that are not typed come from {@link
 * io.imagegate.server.cli.OptionDefaults}: environment variables and a file.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.server.cli;

import org.jspecify.annotations.NullMarked;
