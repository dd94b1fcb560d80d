/** Tests of what stands between Undertow and the server. */
@NullMarked
package io.imagegate.server.undertow;

import org.jspecify.annotations.NullMarked;
