package io.imagegate.rule;

import io.imagegate.predicate.Vulnerability;
import io.imagegate.predicate.VulnerabilitySeverity;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Vulnerabilities in a sentence: how many of which severity, and the first. One that is in several packages counts once. */
final class FoundVulnerabilities {

    private static final int SHOWN = 3;

    private final Vulnerabilities condition;
    private final Set<String> ids = new HashSet<>();
    private final Map<VulnerabilitySeverity, Integer> counts = new EnumMap<>(VulnerabilitySeverity.class);
    private final List<Object> named = new ArrayList<>();

    /** @param found in the order of a report: the most severe come first */
    FoundVulnerabilities(List<Vulnerability> found, Vulnerabilities condition) {
        this.condition = condition;
        found.forEach(this::add);
    }

    private void add(Vulnerability one) {
        if (ids.add(one.id())) {
            counts.merge(one.severity(), 1, Integer::sum);
            if (ids.size() <= SHOWN) {
                named.add(named(one));
            }
        }
    }

    private Object named(Vulnerability one) {
        return condition
                .ignoredUntil(one)
                .<Object>map(
                        until -> Finding.violation(Message.IGNORED_UNTIL, one, until.truncatedTo(ChronoUnit.SECONDS)))
                .orElse(one);
    }

    Finding summary() {
        List<String> numbers = new ArrayList<>();
        counts.forEach((severity, count) -> numbers.add(count + " " + severity));
        List<Object> shown = new ArrayList<>(named);
        if (ids.size() > SHOWN) {
            shown.add(Finding.violation(Message.MORE_FOUND, ids.size() - SHOWN));
        }
        return Finding.violation(Message.VULNERABILITIES, numbers, shown);
    }
}
