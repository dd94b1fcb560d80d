/**
 * The command line. {@link ImagegateCommand} reads the arguments and runs one command; each
 * command is a class of its own. What their options mean is in the package {@code option}.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli.command;

import org.jspecify.annotations.NullMarked;
