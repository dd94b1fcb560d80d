/**
 * Policy tests: their readers, and the facts that their cases give. A {@link io.imagegate.document.tests.PolicyTestCase} has a
 * subject (an image, a review or a manifest), facts and an expectation, and is decided by the same {@link
 * io.imagegate.policy.ImageGate} as a request.
 *
 * <p>{@link io.imagegate.document.tests.CaseFacts} answers instead of a registry. It verifies nothing: a case says who signed what.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.tests;

import org.jspecify.annotations.NullMarked;
