/**
 * Names of hosts, rules that match them, and the table of well-known registries. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.host;

import org.jspecify.annotations.NullMarked;
