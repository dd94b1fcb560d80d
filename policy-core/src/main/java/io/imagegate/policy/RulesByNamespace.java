package io.imagegate.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cache of the rules that can apply to a namespace. In a policy with a thousand rules for one team each, a review then
 * takes only the time of its own team's rules. The number of namespaces is limited. Thread-safe.
 */
final class RulesByNamespace {

    static final int KEPT_NAMESPACES = 1_024;

    /** No cluster has a longer name; a client may send one of hundreds of thousands of characters. */
    private static final int LONGEST_NAMESPACE = 63;

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

    /** {@return the rules whose scope includes a namespace, in the order of the policy} */
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
        if (namespace.length() > LONGEST_NAMESPACE) {
            return rules;
        }
        // Cleared when full, so that namespaces that occur only once do not displace the others forever.
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
