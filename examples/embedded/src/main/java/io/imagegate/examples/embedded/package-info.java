/** A program that asks Imagegate without any web server. */
@NullMarked
package io.imagegate.examples.embedded;

import org.jspecify.annotations.NullMarked;
