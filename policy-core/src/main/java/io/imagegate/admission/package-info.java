/**
 * Which images of a request are judged, and the decision on it. The webhook, the command line and policy tests all use
 * {@link io.imagegate.admission.JudgedImages}, so they decide alike: the webhook through
 * {@link io.imagegate.admission.Judgement}, the others through {@code io.imagegate.manifest.ManifestObject}.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.admission;

import org.jspecify.annotations.NullMarked;
