/**
 * The list of the forms of signatures. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.known;

import org.jspecify.annotations.NullMarked;
