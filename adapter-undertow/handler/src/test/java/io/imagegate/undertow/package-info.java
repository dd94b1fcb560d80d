/** Tests of the handler against a real Undertow on loopback. */
@NullMarked
package io.imagegate.undertow;

import org.jspecify.annotations.NullMarked;
