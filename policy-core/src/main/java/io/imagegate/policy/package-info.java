/**
 * Policies and decisions. A {@link io.imagegate.policy.Policy} gives each rule a name, a scope and an enforcement, and
 * adds {@linkplain io.imagegate.policy.Exemption exceptions} and {@linkplain io.imagegate.policy.BreakGlass
 * break-glass}. A {@link io.imagegate.policy.PolicySet} decides on a review with several policies, all of which must
 * allow it. The result is a {@link io.imagegate.policy.Decision}.
 *
 * <p>A denial is a value, not an exception: an image that cannot be parsed, a review without images and a rule that
 * throws are all violations.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.policy;

import org.jspecify.annotations.NullMarked;
