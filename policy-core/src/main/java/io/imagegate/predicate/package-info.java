/**
 * Contents of attestations. The predicate of an attestation is a JSON document, such as a build's provenance or the report of a
 * scanner.
 *
 * <p>Of most predicates rules compare single values: a {@link io.imagegate.predicate.JsonPointer} leads to a {@link
 * io.imagegate.predicate.PredicateValue}. Of large ones a {@link io.imagegate.predicate.ContentQuery} extracts what rules compare:
 * a {@link io.imagegate.predicate.ScanReport} of Trivy or Grype, or a {@link io.imagegate.predicate.VexDocument}, which excuses
 * vulnerabilities. A {@link io.imagegate.predicate.PredicateReader} reads both from a stream, in clusters and in policy tests.
 *
 * <p>Nothing here knows who signed the attestation, or whether a rule accepts what it says.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.predicate;

import org.jspecify.annotations.NullMarked;
