/** Tests of the commands in one process. */
@NullMarked
package io.imagegate.server.cli.option;

import org.jspecify.annotations.NullMarked;
