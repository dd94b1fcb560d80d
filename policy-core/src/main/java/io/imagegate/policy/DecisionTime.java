package io.imagegate.policy;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The instant of one decision: that at which it is first asked for. Most decisions do not depend on it and read no clock. */
final class DecisionTime implements InstantSource {

    private final InstantSource clock;
    private @Nullable Instant instant;

    DecisionTime(InstantSource clock) {
        this.clock = clock;
    }

    /** {@return always the same instant, also to rules with threads of their own} */
    @Override
    public synchronized Instant instant() {
        if (instant == null) {
            instant = clock.instant();
        }
        return instant;
    }

    /** {@return the instant; null if nothing has asked for it} */
    synchronized @Nullable Instant read() {
        return instant;
    }
}
