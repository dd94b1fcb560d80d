/** Imagegate in frameworks and tools. */
@NullMarked
package io.imagegate.examples.frameworks;

import org.jspecify.annotations.NullMarked;
