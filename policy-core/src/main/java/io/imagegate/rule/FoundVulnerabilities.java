package io.imagegate.rule;

import io.imagegate.signer.Severity;
import io.imagegate.signer.Vulnerability;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vulnerabilities in a sentence: how many of which severity, and the first by severity and id. */
final class FoundVulnerabilities {

    private static final int SHOWN = 3;

    private final Map<String, Vulnerability> byId = new LinkedHashMap<>();
    private final Vulnerabilities condition;

    /** One that is in several packages counts once, as the most severe. */
    FoundVulnerabilities(List<Vulnerability> found, Vulnerabilities condition) {
        this.condition = condition;
        found.stream()
                .sorted(Comparator.comparing(Vulnerability::severity)
                        .thenComparing(Vulnerability::id)
                        .thenComparing(Vulnerability::toString))
                .forEach(one -> byId.putIfAbsent(one.id(), one));
    }

    Finding summary() {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        byId.values().forEach(one -> counts.merge(one.severity(), 1, Integer::sum));
        List<String> numbers = new ArrayList<>();
        counts.forEach((severity, count) -> numbers.add(count + " " + severity));
        List<Object> named = new ArrayList<>(
                byId.values().stream().limit(SHOWN).map(this::named).toList());
        if (byId.size() > SHOWN) {
            named.add(Finding.violation(Message.MORE_FOUND, byId.size() - SHOWN));
        }
        return Finding.violation(Message.VULNERABILITIES, numbers, named);
    }

    private Object named(Vulnerability one) {
        return condition
                .ignoredUntil(one)
                .<Object>map(
                        until -> Finding.violation(Message.IGNORED_UNTIL, one, until.truncatedTo(ChronoUnit.SECONDS)))
                .orElse(one);
    }
}
