/** The examples of policies in {@code examples/policies}: what users want, and the answers of both protocols. */
@NullMarked
package io.imagegate.examples;

import org.jspecify.annotations.NullMarked;
