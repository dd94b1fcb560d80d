/**
 * Parts of a trusted root: logs and authorities, and when they hold. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.trust;

import org.jspecify.annotations.NullMarked;
