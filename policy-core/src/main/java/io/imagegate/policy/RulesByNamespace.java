package io.imagegate.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules that can speak of a namespace, found once for each namespace: a policy may have a thousand rules of which
 * each is for one team, and then a review costs what the rules of its own team cost. Thread-safe; it keeps a bounded
 * number of namespaces, whatever is asked.
 */
final class RulesByNamespace {

    static final int KEPT_NAMESPACES = 1_024;

    private final List<NamedRule> all;
    private final boolean scoped;
    private final Map<String, List<NamedRule>> kept = new ConcurrentHashMap<>();

    RulesByNamespace(List<NamedRule> all) {
        this.all = all;
        this.scoped = all.stream().anyMatch(RulesByNamespace::isScoped);
    }

    private static boolean isScoped(NamedRule rule) {
        return rule.scope().namespaces().isPresent()
                || rule.scope().exceptNamespaces().isPresent();
    }

    /** {@return the rules whose scope covers a namespace, in the order of the policy} */
    List<NamedRule> of(String namespace) {
        if (!scoped) {
            return all;
        }
        List<NamedRule> rules = kept.get(namespace);
        return rules == null ? keep(namespace) : rules;
    }

    private List<NamedRule> keep(String namespace) {
        List<NamedRule> rules = all.stream()
                .filter(rule -> rule.scope().coversNamespace(namespace))
                .toList();
        // Begins anew rather than stays full: names that came once and never again must not crowd out the others.
        if (kept.size() >= KEPT_NAMESPACES) {
            kept.clear();
        }
        kept.put(namespace, rules);
        return rules;
    }

    int keptNamespaces() {
        return kept.size();
    }
}
