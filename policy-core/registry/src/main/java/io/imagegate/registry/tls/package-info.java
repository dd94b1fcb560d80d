/**
 * TLS with authorities and client certificates in files, which are followed. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.tls;

import org.jspecify.annotations.NullMarked;
