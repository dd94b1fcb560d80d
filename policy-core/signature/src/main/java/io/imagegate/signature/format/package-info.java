/**
 * What forms of signatures have in common: what a signature consists of and is about, envelopes of DSSE and statements of
 * in-toto. What is read here is not verified. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.format;

import org.jspecify.annotations.NullMarked;
