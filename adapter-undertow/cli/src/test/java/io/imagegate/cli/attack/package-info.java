/** Hostile clients of the built jar, and well-behaved ones beside them. */
@NullMarked
package io.imagegate.cli.attack;

import org.jspecify.annotations.NullMarked;
