/**
 * Which images of a request are checked, and the decision on it. {@link io.imagegate.admission.Judgement} is the one
 * function that the webhook, the command line and policy tests call, so that they decide alike.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.admission;

import org.jspecify.annotations.NullMarked;
