/**
 * The distribution API: tokens, redirects, manifests, content and referrers. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.api;

import org.jspecify.annotations.NullMarked;
