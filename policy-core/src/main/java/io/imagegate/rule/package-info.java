/**
 * What may be demanded of one image. A {@link io.imagegate.rule.Rule} looks at a {@link io.imagegate.rule.Candidate}
 * and answers with a {@link io.imagegate.rule.Finding}; {@link io.imagegate.rule.Rules} has the ready ones and the
 * combinators. A rule knows neither its name nor how strictly it is enforced: that is what a policy adds.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.rule;

import org.jspecify.annotations.NullMarked;
