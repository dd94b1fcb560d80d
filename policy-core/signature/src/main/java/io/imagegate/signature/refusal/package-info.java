/**
 * Why a signature does not count, and how its verification ends. All packages of the module use it. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.refusal;

import org.jspecify.annotations.NullMarked;
