package io.imagegate.predicate;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Vulnerabilities in the result of a scanner. Immutable and thread-safe.
 *
 * @param vulnerabilities those that were asked for, by severity, id and package; one that is in several packages is there for
 *     each
 * @since 0.1
 */
public record ScanReport(List<Vulnerability> vulnerabilities) implements PredicateContent {

    private static final Comparator<Vulnerability> ORDER = Comparator.comparing(Vulnerability::severity)
            .thenComparing(Vulnerability::id)
            .thenComparing(found -> found.component().toString());

    /**
     * Sorts the list.
     *
     * @param vulnerabilities those that were asked for
     */
    public ScanReport {
        // Once, so that decisions on what is kept need not.
        vulnerabilities = vulnerabilities.stream().sorted(ORDER).toList();
    }

    /**
     * {@return a query for the vulnerabilities in cosign's predicate {@code vuln}, which has a report of Trivy or Grype}
     *
     * @param severities the severities to extract
     * @param fixable whether to leave out those without a fixed version
     */
    public static ContentQuery<ScanReport> query(Set<VulnerabilitySeverity> severities, boolean fixable) {
        return new ScanQuery(severities, fixable);
    }

    @Override
    public long weight() {
        Set<Component> components = Collections.newSetFromMap(new IdentityHashMap<>());
        vulnerabilities.forEach(found -> components.add(found.component()));
        return vulnerabilities.stream().mapToLong(Vulnerability::weight).sum()
                + components.stream().mapToLong(Component::weight).sum();
    }
}
