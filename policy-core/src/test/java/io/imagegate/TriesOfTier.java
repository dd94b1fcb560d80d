package io.imagegate;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Properties try in the standard tier a fifth of what they say, and all of it in the higher ones. */
public final class TriesOfTier implements AroundPropertyHook {

    /** jqwik's own default, which {@code -Djqwik.tries.default} changes. */
    private static final int DEFAULT = Integer.getInteger("jqwik.tries.default", 1_000);

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        int tries = attributes.tries().orElse(DEFAULT);
        attributes.setTries(Tier.tries(Math.max(1, tries / 5), tries));
        return property.execute();
    }

    /** Before jqwik reads the attributes. */
    @Override
    public int aroundPropertyProximity() {
        return -100;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
