package io.imagegate.examples.customrule;

import io.imagegate.reference.ImagePattern;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes {@link TeamOwnsRepository} from {@code registry}, a host, and {@code shared}, an optional list of owners. */
public final class TeamOwnsRepositoryFactory implements RuleFactory {

    private static final Set<String> KNOWN = Set.of("registry", "shared");

    /** Made by {@link java.util.ServiceLoader}. */
    public TeamOwnsRepositoryFactory() {}

    @Override
    public String name() {
        return "io.example.TeamOwnsRepository";
    }

    @Override
    public Rule create(Map<String, Object> parameters) {
        TreeSet<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown " + unknown + ", expected registry and optionally shared");
        }
        if (!(parameters.get("registry") instanceof String registry)) {
            throw new IllegalArgumentException("registry: expected a host, such as registry.example");
        }
        return new TeamOwnsRepository(ImagePattern.parse(registry + "/**"), shared(parameters));
    }

    private static Set<String> shared(Map<String, Object> parameters) {
        Set<String> shared = new TreeSet<>();
        if (!(parameters.getOrDefault("shared", List.of()) instanceof List<?> list)) {
            throw new IllegalArgumentException("shared: expected a list of owners");
        }
        for (Object owner : list) {
            if (!(owner instanceof String text)) {
                throw new IllegalArgumentException("shared: expected names of owners, got " + owner);
            }
            shared.add(text);
        }
        return Set.copyOf(shared);
    }
}
