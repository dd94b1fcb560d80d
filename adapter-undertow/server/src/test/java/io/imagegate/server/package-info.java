/** What tests of the server, and of programs with it, share. */
@NullMarked
package io.imagegate.server;

import org.jspecify.annotations.NullMarked;
