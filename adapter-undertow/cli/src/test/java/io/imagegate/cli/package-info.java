/** Tests of the built jar as users run it, and what they share. */
@NullMarked
package io.imagegate.cli;

import org.jspecify.annotations.NullMarked;
