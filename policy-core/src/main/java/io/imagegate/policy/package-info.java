/**
 * Rules with names, and what becomes of their findings. A {@link io.imagegate.policy.Policy} gives each rule a name, a
 * scope and an enforcement, and adds {@linkplain io.imagegate.policy.Exemption exceptions} and
 * {@linkplain io.imagegate.policy.BreakGlass break-glass}; a {@link io.imagegate.policy.PolicySet} puts a review to
 * several policies, all of which must allow; the answer is a {@link io.imagegate.policy.Decision}.
 *
 * <p>A denial is a value here, never an exception: an image that cannot be read, a review without images and a rule
 * that throws are all violations.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.policy;

import org.jspecify.annotations.NullMarked;
