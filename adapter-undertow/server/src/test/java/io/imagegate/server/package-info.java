/** Tests of the commands in one process (Test), and of the built jar as users run it (IT). */
@NullMarked
package io.imagegate.server;

import org.jspecify.annotations.NullMarked;
