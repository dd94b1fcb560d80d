/**
 * Certificates, public keys and lists of revoked certificates as files and signatures hold them: in PEM (RFC 7468) or DER.
 * Who may sign, and whether a certificate counts, is decided elsewhere. The package is not exported to programs.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.certificate;

import org.jspecify.annotations.NullMarked;
