/** Tests of the built jar as users run it, and what they share. */
@NullMarked
package io.imagegate.server;

import org.jspecify.annotations.NullMarked;
