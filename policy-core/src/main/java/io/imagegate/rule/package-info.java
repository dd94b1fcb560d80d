/**
 * Conditions on one image. A {@link io.imagegate.rule.Rule} checks a {@link io.imagegate.rule.Candidate} and returns a
 * {@link io.imagegate.rule.Finding}. {@link io.imagegate.rule.Rules} has the built-in rules and the combinators. The
 * policy adds the name and the enforcement of a rule.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.rule;

import org.jspecify.annotations.NullMarked;
