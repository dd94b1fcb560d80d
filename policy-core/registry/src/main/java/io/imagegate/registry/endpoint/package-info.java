/**
 * Hosts that entries name: how they are contacted, and whether they are up. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.endpoint;

import org.jspecify.annotations.NullMarked;
