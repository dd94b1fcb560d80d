package io.imagegate.document.rule;

import io.imagegate.document.yaml.Parameters;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import io.imagegate.text.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Rules written in Java that policy files can use. */
public final class CustomRules {

    private final Map<String, RuleFactory> factories = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    private CustomRules() {}

    public static CustomRules of(Collection<? extends RuleFactory> factories) {
        CustomRules rules = new CustomRules();
        factories.forEach(rules::add);
        return rules;
    }

    /** Finds the factories that jars on the class path or module path provide. */
    public static CustomRules installed() {
        return installedAnd(List.of());
    }

    /** Uses these factories, and those of other names that jars provide. */
    public static CustomRules installedAnd(Collection<? extends RuleFactory> factories) {
        CustomRules rules = of(factories);
        Iterator<RuleFactory> found = ServiceLoader.load(RuleFactory.class).iterator();
        boolean more = true;
        while (more) {
            try {
                more = found.hasNext();
                if (more) {
                    rules.add(found.next());
                }
            } catch (ServiceConfigurationError e) {
                rules.broken.add(e.getMessage());
            }
        }
        return rules;
    }

    private void add(RuleFactory factory) {
        factories.putIfAbsent(factory.name(), factory);
    }

    Optional<Rule> create(YamlNode custom, Optional<YamlNode> with) {
        Optional<RuleFactory> factory = custom.text().flatMap(name -> find(custom, name));
        Optional<Map<String, Object>> parameters =
                with.isEmpty() ? Optional.of(Map.of()) : with.flatMap(Parameters::read);
        return factory.flatMap(f -> parameters.flatMap(p -> create(f, p, with.orElse(custom))));
    }

    private Optional<RuleFactory> find(YamlNode custom, String name) {
        RuleFactory factory = factories.get(name);
        if (factory == null) {
            custom.problem("unknown rule " + YamlNode.quote(name) + ", " + found(name));
        }
        return Optional.ofNullable(factory);
    }

    private String found(String name) {
        String found = factories.isEmpty()
                ? "expected the name of a RuleFactory, and none was found in META-INF/services"
                : Suggestion.oneOf(name, factories.keySet()).toString();
        return broken.isEmpty() ? found : found + "; failed to load: " + String.join("; ", broken);
    }

    /** A factory is foreign code: anything that it throws is reported as a problem of the document that uses it. */
    private static Optional<Rule> create(RuleFactory factory, Map<String, Object> parameters, YamlNode at) {
        try {
            return Optional.of(Objects.requireNonNull(factory.create(parameters), "it returned no rule"));
        } catch (IllegalArgumentException e) {
            at.problem("rule " + factory.name() + " rejects its parameters: " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            at.problem("rule " + factory.name() + " cannot be made: " + e, e);
        }
        return Optional.empty();
    }
}
