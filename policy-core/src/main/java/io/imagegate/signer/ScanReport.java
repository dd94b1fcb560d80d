package io.imagegate.signer;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Vulnerabilities in the result of a scanner. Immutable and thread-safe.
 *
 * @param vulnerabilities those that were asked for, in the order of the report; one that is in several packages is there
 *     for each
 * @since 0.1
 */
public record ScanReport(List<Vulnerability> vulnerabilities) implements PredicateContent {

    /**
     * Copies the list.
     *
     * @param vulnerabilities those that were asked for
     */
    public ScanReport {
        vulnerabilities = List.copyOf(vulnerabilities);
    }

    @Override
    public long weight() {
        Set<Component> components = Collections.newSetFromMap(new IdentityHashMap<>());
        vulnerabilities.forEach(found -> components.add(found.component()));
        return vulnerabilities.stream().mapToLong(Vulnerability::weight).sum()
                + components.stream().mapToLong(Component::weight).sum();
    }
}
