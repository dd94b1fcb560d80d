/**
 * The cryptography of the process: that of the JDK, or of a faster provider on the class path.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cli.crypto;

import org.jspecify.annotations.NullMarked;
