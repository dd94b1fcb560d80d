/** Hostile clients of the built jar, and well-behaved ones beside them. */
@NullMarked
package io.imagegate.server.attack;

import org.jspecify.annotations.NullMarked;
