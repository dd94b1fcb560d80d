/** Runs the example as its users run it. */
@NullMarked
package io.imagegate.examples.embedded;

import org.jspecify.annotations.NullMarked;
