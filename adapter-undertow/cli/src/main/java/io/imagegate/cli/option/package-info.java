/**
 * Options and arguments of commands. Each group of options is a class that makes settings of what was typed. Options that are
 * not typed come from {@link OptionDefaults}: environment variables and a file. What is wrong with
 * any of them ends the command as a {@link CommandProblem}, which
 * {@link ProblemHandler} prints.
 *
 * <p>Nothing here knows a command.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.cli.option;

import org.jspecify.annotations.NullMarked;
