/**
 * Certificates: their names, their extensions, those of Fulcio, and paths to a root. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.x509;

import org.jspecify.annotations.NullMarked;
