package io.imagegate.cel.provider;

import io.imagegate.cel.CelRule;
import io.imagegate.rule.CelCondition;
import io.imagegate.rule.CelProvider;

/** Makes rules of the expressions in policy files. */
public final class CelRules implements CelProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public CelRules() {}

    @Override
    public CelCondition condition(String expression) {
        return CelRule.of(expression);
    }
}
