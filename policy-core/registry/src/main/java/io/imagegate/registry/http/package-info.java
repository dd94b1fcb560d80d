/**
 * Requests within limits: how many run at once, how long, and how many bytes their answers have. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.http;

import org.jspecify.annotations.NullMarked;
