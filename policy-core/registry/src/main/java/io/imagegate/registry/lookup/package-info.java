/**
 * Questions about images: equal ones are asked once, and answers are kept. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.lookup;

import org.jspecify.annotations.NullMarked;
