/**
 * Selects the images of a request to check, and decides on them. The webhook, the command line and policy tests all use
 * {@link io.imagegate.admission.CheckedImages} and therefore decide alike: the webhook directly, the others through
 * {@code io.imagegate.input.ManifestObject}.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.admission;

import org.jspecify.annotations.NullMarked;
