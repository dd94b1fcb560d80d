package io.imagegate;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.jspecify.annotations.Nullable;

/** Properties try in the standard tier a fifth of what they say, in {@code -Pfull} two fifths, and all of it in {@code -Pnightly}. */
public final class TriesOfTier implements AroundPropertyHook {

    /** What a property tries that says nothing, in every tier; null if no command says so. */
    private static final @Nullable Integer ASKED = Integer.getInteger("jqwik.tries.default");

    /** jqwik's own default. */
    private static final int DEFAULT = 1_000;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        attributes.setTries(tries(attributes.tries().orElse(null)));
        return property.execute();
    }

    private static int tries(@Nullable Integer said) {
        if (said == null && ASKED != null) {
            return ASKED;
        }
        int tries = said == null ? DEFAULT : said;
        return Tier.tries(Math.max(1, tries / 5), Math.max(1, tries * 2 / 5), tries);
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
