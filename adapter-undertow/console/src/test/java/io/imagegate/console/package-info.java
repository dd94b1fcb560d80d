/** Pages as browsers and hostile clients ask for them. */
@NullMarked
package io.imagegate.console;

import org.jspecify.annotations.NullMarked;
