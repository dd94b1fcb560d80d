/**
 * Why a look-up has no value. All packages of the module use it. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.failure;

import org.jspecify.annotations.NullMarked;
