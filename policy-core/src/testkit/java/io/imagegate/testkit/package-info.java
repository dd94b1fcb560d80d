/**
 * Generators and assertions for tests of policies and rules.
 *
 * <p>{@link io.imagegate.testkit.References}, {@link io.imagegate.testkit.Reviews} and
 * {@link io.imagegate.testkit.Manifests} make arbitraries for jqwik, which shrink to the smallest text, review or
 * manifest that fails. {@link io.imagegate.testkit.Facts} has facts about the content of images.
 * {@link io.imagegate.testkit.PolicyAssertions} checks decisions of policies and explains unexpected ones.
 *
 * <p>Needs jqwik 1.9 for the arbitraries and AssertJ 3 for the assertions.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.testkit;

import org.jspecify.annotations.NullMarked;
