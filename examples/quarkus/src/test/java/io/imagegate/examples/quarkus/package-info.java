/** Runs the service. */
@NullMarked
package io.imagegate.examples.quarkus;

import org.jspecify.annotations.NullMarked;
