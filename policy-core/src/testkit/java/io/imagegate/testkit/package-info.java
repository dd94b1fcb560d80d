/**
 * For tests of policies and rules: what to try them on, and how to say what is expected of them.
 *
 * <p>{@link io.imagegate.testkit.References}, {@link io.imagegate.testkit.Reviews} and
 * {@link io.imagegate.testkit.Manifests} make arbitraries for jqwik, which shrink to the smallest text, review or
 * manifest that shows the same. {@link io.imagegate.testkit.Facts} says what is known about the content of images. {@link io.imagegate.testkit.PolicyAssertions} asks a policy and explains its answer when
 * that is not the expected one.
 *
 * <p>Whoever uses it brings jqwik 1.9 for the arbitraries and AssertJ 3 for the assertions.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.testkit;

import org.jspecify.annotations.NullMarked;
