package io.imagegate.examples.customrule;

import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.util.Map;
import java.util.Set;

/** Makes {@link LabelledForTeam} from {@code label}, the key of the label. */
public final class LabelledForTeamFactory implements RuleFactory {

    /** Made by {@link java.util.ServiceLoader}. */
    public LabelledForTeamFactory() {}

    @Override
    public String name() {
        return "io.example.LabelledForTeam";
    }

    @Override
    public Rule create(Map<String, Object> parameters) {
        if (!parameters.keySet().equals(Set.of("label"))
                || !(parameters.get("label") instanceof String label)
                || label.isBlank()) {
            throw new IllegalArgumentException("expected label alone, the key of a label");
        }
        return new LabelledForTeam(label);
    }
}
