/**
 * Hashes, keys and signatures, on the installed providers of the Java Cryptography Architecture. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.crypto;

import org.jspecify.annotations.NullMarked;
