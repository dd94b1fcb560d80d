/**
 * Answers what policies ask about signatures and attestations, within limits, and keeps the answers.
 *
 * <p>{@link io.imagegate.signature.fact.SignedImages} is the source of facts for programs that decide on signatures.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.fact;

import org.jspecify.annotations.NullMarked;
