/** Runs the examples, and the programs of the guide. */
@NullMarked
package io.imagegate.examples.frameworks;

import org.jspecify.annotations.NullMarked;
