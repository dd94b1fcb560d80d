/** Tests of the commands in one process. */
@NullMarked
package io.imagegate.cli.command;

import org.jspecify.annotations.NullMarked;
