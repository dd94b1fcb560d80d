/** Gates that are opened from files. */
@NullMarked
package io.imagegate.gate;

import org.jspecify.annotations.NullMarked;
