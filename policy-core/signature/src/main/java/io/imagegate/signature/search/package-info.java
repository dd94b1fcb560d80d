/**
 * Finds all signatures or attestations of an image in a registry, and verifies each.
 *
 * <p>A {@link io.imagegate.signature.search.SignatureSearch} reads what a registry has through a
 * {@link io.imagegate.signature.search.SignatureStore}.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.search;

import org.jspecify.annotations.NullMarked;
