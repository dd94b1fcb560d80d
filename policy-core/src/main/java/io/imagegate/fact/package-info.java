/**
 * Facts about the content of images. A {@link io.imagegate.fact.Need} is the key of a {@link io.imagegate.fact.Fact},
 * {@link io.imagegate.fact.ImageFacts} holds the facts about one image, and a {@link io.imagegate.fact.FactSource} looks
 * them up; {@link io.imagegate.policy.FactSources} combines several. Rules only read facts; they do no look-ups.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.fact;

import org.jspecify.annotations.NullMarked;
