package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.util.Set;
import java.util.TreeSet;

/** Extracts vulnerabilities of some severities. */
record ScanQuery(Set<VulnerabilitySeverity> severities, boolean fixable) implements ContentQuery<ScanReport> {

    ScanQuery {
        severities = Copies.of(severities);
    }

    @Override
    public Fact<ScanReport> read(JsonValue predicate, Digest image) {
        return Fact.known(new ScanReader(this).read(predicate));
    }

    boolean wants(VulnerabilitySeverity severity, boolean hasFix) {
        return severities.contains(severity) && (hasFix || !fixable);
    }

    @Override
    public String key() {
        return "scan " + new TreeSet<>(severities) + " " + fixable;
    }
}
