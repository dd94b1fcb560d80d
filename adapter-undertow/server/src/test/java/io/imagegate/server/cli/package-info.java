/** Tests of the commands in one process. */
@NullMarked
package io.imagegate.server.cli;

import org.jspecify.annotations.NullMarked;
