/**
 * Keys and certificates: {@link io.imagegate.server.tls.TlsFiles} reads the files of the server, {@link
 * io.imagegate.server.tls.Authority} issues what {@code certs} and {@code quickstart} need, and {@link
 * io.imagegate.server.tls.PemFiles} writes it. Encoding is left to Bouncy Castle's PEM and X.509 classes and
 * cryptography to the JDK: the Bouncy Castle provider is never loaded, which would cost half a second at start.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.tls;

import org.jspecify.annotations.NullMarked;
