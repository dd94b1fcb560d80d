package io.imagegate.gate;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Registry of a gate, and whether it answered when it was last asked. Immutable.
 *
 * @param host the host, as images name it; a pattern of which no host was asked yet stands for itself
 * @param state whether it answers
 * @param since since when it is down; empty in other states
 * @since 0.1
 */
public record RegistryHost(String host, State state, Optional<Instant> since) {

    /** Whether a registry answers. */
    public enum State {
        /** It answered, and has not been found down since. */
        ANSWERS,
        /** It did not answer {@code /v2/} when it was last asked, or with an error of its own. */
        DOWN,
        /** It limits requests (429) and asked to wait; until then, what the cache does not know is undecidable. */
        LIMITED,
        /** It was not asked yet, or has never answered. */
        UNUSED
    }

    /**
     * Refuses nulls.
     *
     * @param host the host
     * @param state whether it answers
     * @param since since when it is down
     */
    public RegistryHost {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
    }
}
