/** A program that uses Imagegate without a web server. */
@NullMarked
package io.imagegate.examples.embedded;

import org.jspecify.annotations.NullMarked;
