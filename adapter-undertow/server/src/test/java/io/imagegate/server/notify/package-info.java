/** Tests of notifications. */
@NullMarked
package io.imagegate.server.notify;

import org.jspecify.annotations.NullMarked;
