/**
 * Compose files, as docker-compose reads them.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.compose;

import org.jspecify.annotations.NullMarked;
