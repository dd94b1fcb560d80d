/**
 * Secrets, where Docker keeps them, and the challenges of registries. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.authentication;

import org.jspecify.annotations.NullMarked;
