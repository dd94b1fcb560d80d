/** Tests of the commands in one process. */
@NullMarked
package io.imagegate.cli.option;

import org.jspecify.annotations.NullMarked;
