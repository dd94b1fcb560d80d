package io.imagegate.console;

import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.util.Map;

/** A rule on the class path, which the playground must not use. */
public final class ForeignRule implements RuleFactory {

    @Override
    public String name() {
        return "io.example.Rule";
    }

    @Override
    public Rule create(Map<String, Object> parameters) {
        throw new AssertionError("a rule of others was used");
    }
}
