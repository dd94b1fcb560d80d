/**
 * What a registry has under the name of an image, as text and as JSON.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cli.inspect;

import org.jspecify.annotations.NullMarked;
