/**
 * Forms of bytes and text that are read strictly: hexadecimal digits, base64, PEM, JSON and DER. What is not in its one
 * exact form is refused. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.encoding;

import org.jspecify.annotations.NullMarked;
