/**
 * Policy tests. {@link io.imagegate.policytest.PolicyTests} runs those in files. A case has a subject (an image, a review or a
 * manifest), facts and an expectation, and is decided by the same {@link io.imagegate.policy.ImageGate} as a request. {@link
 * io.imagegate.policytest.PolicyTestBuilder} writes a test of reviews and the decisions on them.
 *
 * <p>{@link io.imagegate.policytest.TestFacts} answer instead of a registry. They verify nothing: a case says who signed what.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.policytest;

import org.jspecify.annotations.NullMarked;
