/** Tests of the parts of a running server. */
@NullMarked
package io.imagegate.server.serve;

import org.jspecify.annotations.NullMarked;
