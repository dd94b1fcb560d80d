package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says what to extract of a predicate, beside single values. The document is read as a stream and not kept. Immutable and
 * thread-safe; equal queries extract the same.
 *
 * @since 0.1
 */
public sealed interface ContentQuery permits ScanQuery, VexQuery {

    /**
     * {@return a query for the vulnerabilities in cosign's predicate {@code vuln}, which has a report of Trivy or Grype}
     *
     * @param severities the severities to extract
     * @param fixable whether to leave out those without a fixed version
     */
    static ContentQuery scan(Set<VulnerabilitySeverity> severities, boolean fixable) {
        return new ScanQuery(EnumSet.copyOf(severities), fixable);
    }

    /** {@return a query for the statements of an OpenVEX document about the image} */
    static ContentQuery vex() {
        return new VexQuery();
    }

    /**
     * Extracts what this asks for. Whatever the document says, this throws no exception of its own; those of the value pass.
     *
     * @param predicate the predicate
     * @param image the digest that is attested
     * @return the content; undecidable if the document has another form, or more than a limit
     */
    Fact<PredicateContent> read(JsonValue predicate, Digest image);

    /** {@return what is asked for, for the keys of caches} */
    String key();
}
