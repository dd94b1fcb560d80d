/**
 * What is known about images beyond their names. A {@link io.imagegate.fact.Need} says what a rule asks for, a
 * {@link io.imagegate.fact.Fact} is the answer, {@link io.imagegate.fact.ImageFacts} are all answers about one image, and
 * a {@link io.imagegate.fact.FactSource} finds them. Rules only read facts; they do not know who finds
 * them or how long that takes.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.fact;

import org.jspecify.annotations.NullMarked;
