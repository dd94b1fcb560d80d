/** A Quarkus service with an image policy webhook. */
@NullMarked
package io.imagegate.examples.quarkus;

import org.jspecify.annotations.NullMarked;
