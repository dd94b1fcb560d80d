/** Tests of the parts of a running server. */
@NullMarked
package io.imagegate.server.page;

import org.jspecify.annotations.NullMarked;
