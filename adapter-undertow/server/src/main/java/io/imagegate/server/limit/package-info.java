/**
 * What clients may use of a server: connections, requests at a time, bytes and time.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.limit;

import org.jspecify.annotations.NullMarked;
