package io.imagegate.fact;

import java.util.Objects;

/**
 * Asks for a fact again, because an answer {@linkplain Fact#asCached() from a cache} does not satisfy a rule. What has changed
 * since then may satisfy it, so a source answers with what it looked up a moment ago at most, as for facts that were absent,
 * and with nothing that it kept for outages.
 *
 * @param need the fact
 * @param <T> the type of its value
 * @since 0.1
 */
public record FreshNeed<T>(Need<T> need) implements Need<T> {

    /**
     * Refuses a missing need.
     *
     * @param need the fact
     */
    public FreshNeed {
        Objects.requireNonNull(need, "need");
    }

    /**
     * {@return the fact that a need asks for, whether for the first time or again}
     *
     * @param need the need
     */
    public static Need<?> asked(Need<?> need) {
        return need instanceof FreshNeed<?> again ? again.need() : need;
    }

    /** {@return the name of the fact} */
    @Override
    public String toString() {
        return need.toString();
    }
}
