/** Other libraries that read image references, behind one interface, so that the same questions can be put to each. */
@NullMarked
package io.imagegate.bench.peer;

import org.jspecify.annotations.NullMarked;
