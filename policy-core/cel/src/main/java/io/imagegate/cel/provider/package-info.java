/**
 * CEL expressions for policy files.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cel.provider;

import org.jspecify.annotations.NullMarked;
