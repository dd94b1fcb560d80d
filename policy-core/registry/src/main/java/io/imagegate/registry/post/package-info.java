/**
 * Posts to URLs that an operator names, by the clients that ask registries. The server uses it for its notifications. The package is not
 * exported to programs.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.post;

import org.jspecify.annotations.NullMarked;
