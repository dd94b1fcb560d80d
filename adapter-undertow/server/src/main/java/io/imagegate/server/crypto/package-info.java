/**
 * The cryptography of the process: that of the JDK, or of a faster provider on the class path.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.crypto;

import org.jspecify.annotations.NullMarked;
