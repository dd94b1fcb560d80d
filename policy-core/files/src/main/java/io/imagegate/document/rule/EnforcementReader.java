package io.imagegate.document.rule;

import io.imagegate.document.pattern.Globs;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Scope;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what violations of a rule do: {@code enforce}, {@code denyFrom} and {@code onUnavailable}. */
final class EnforcementReader {

    private static final String DEFAULT = "default";

    private EnforcementReader() {}

    /** {@return the rule, which has its scope, with what is written in its fields} */
    static NamedRule read(Fields fields, NamedRule rule, Reach reach) {
        int before = fields.owner().problems().count();
        NamedRule enforced = fields.get("enforce")
                .map(node -> node.isMapping() ? byNamespace(node, rule, reach) : everywhere(node, rule))
                .orElse(rule);
        boolean denies = enforced.alwaysDenies() && fields.owner().problems().count() == before;
        NamedRule dated = fields.get("denyFrom")
                .map(node -> denyFrom(node, enforced, denies))
                .orElse(enforced);
        return fields.get("onUnavailable")
                .flatMap(node -> node.choice(Enforcement.class))
                .map(dated::withOnUnavailable)
                .orElse(dated);
    }

    private static NamedRule everywhere(YamlNode node, NamedRule rule) {
        return node.choice(Enforcement.class).map(rule::withEnforcement).orElse(rule);
    }

    private static NamedRule byNamespace(YamlNode node, NamedRule rule, Reach reach) {
        return node.fields(DEFAULT, "deny", "warn", "audit")
                .map(fields -> byNamespace(fields, rule, reach))
                .orElse(rule);
    }

    private static NamedRule byNamespace(Fields fields, NamedRule rule, Reach reach) {
        fields.requireAny(DEFAULT, "deny", "warn", "audit");
        NamedRule enforced =
                fields.get(DEFAULT).map(node -> everywhere(node, rule)).orElse(rule);
        Map<Enforcement, GlobSet> stricter = new EnumMap<>(Enforcement.class);
        for (Enforcement effect : Enforcement.values()) {
            Optional<YamlNode> node = fields.get(key(effect));
            Optional<GlobSet> namespaces = node.flatMap(Globs::namespaces);
            if (namespaces.isPresent()) {
                node.ifPresent(list -> {
                    requireReached(list, namespaces.get(), stricter);
                    checkScope(list, rule.scope(), reach);
                });
                stricter.put(effect, namespaces.get());
                enforced = enforced.withEnforcement(effect, namespaces.get());
            }
        }
        return enforced;
    }

    private static void checkScope(YamlNode list, Scope scope, Reach reach) {
        list.elements().stream()
                .filter(item -> reach.excludesNamespaces(scope, GlobSet.of(item.written())))
                .limit(Reach.MOST_WARNINGS)
                .forEach(
                        item -> reach.warnings()
                                .mistake(
                                        item,
                                        "the match of the rule leaves out the namespaces of "
                                                + YamlNode.quote(item.written())
                                                + ", so this has no effect: write it in match.namespaces, too, or leave it out"));
    }

    /** Where several match, the strictest holds. */
    private static void requireReached(YamlNode node, GlobSet namespaces, Map<Enforcement, GlobSet> stricter) {
        stricter.forEach((effect, globs) -> {
            if (globs.covers(namespaces)) {
                node.problem("every namespace is also in " + key(effect)
                        + ", which is stricter and holds, so this never applies; expected other namespaces");
            }
        });
    }

    private static NamedRule denyFrom(YamlNode node, NamedRule rule, boolean denies) {
        if (denies) {
            node.problem("changes nothing, because the rule denies already, expected enforce: warn or audit beside it");
        }
        return Dates.date(node).map(rule::withDenyFrom).orElse(rule);
    }

    private static String key(Enforcement effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}
