package io.imagegate.registry;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Builds {@link RegistryLimits}. Not thread-safe.
 *
 * @since 0.1
 */
public final class RegistryLimitsBuilder {

    private static final long MOST_CACHE_BYTES = 16L << 20;
    private static final long MOST_BODY_BYTES = 32L << 20;

    Duration timeout = Duration.ofSeconds(20);
    int flights = 64;
    int flightsPerRegistry = 8;
    int waiting = 1_024;
    long cacheBytes;
    long bodyBytes;
    private OptionalLong attestationBytes = OptionalLong.empty();

    /** @param heap the size of the heap, which may be small */
    RegistryLimitsBuilder(long heap) {
        cacheBytes = Math.min(MOST_CACHE_BYTES, heap / 8);
        bodyBytes = Math.min(MOST_BODY_BYTES, heap / 4);
    }

    RegistryLimitsBuilder(RegistryLimits from) {
        timeout = from.timeout();
        flights = from.flights();
        flightsPerRegistry = from.flightsPerRegistry();
        waiting = from.waiting();
        cacheBytes = from.cacheBytes();
        bodyBytes = from.bodyBytes();
        attestationBytes = OptionalLong.of(from.attestationBytes());
    }

    long attestationBytes() {
        return attestationBytes.orElse(Math.max(1, bodyBytes / 2));
    }

    /**
     * Sets the longest duration of a flight, which is one question to a registry with all its requests; 20 s by default.
     *
     * @param longest the duration
     * @return this
     */
    public RegistryLimitsBuilder timeout(Duration longest) {
        timeout = longest;
        return this;
    }

    /**
     * Sets the most flights at once; 64 by default.
     *
     * @param most the number
     * @return this
     */
    public RegistryLimitsBuilder flights(int most) {
        flights = most;
        return this;
    }

    /**
     * Sets the most flights at once for one entry, however many hosts it stands for; 8 by default.
     *
     * @param most the number
     * @return this
     */
    public RegistryLimitsBuilder flightsPerRegistry(int most) {
        flightsPerRegistry = most;
        return this;
    }

    /**
     * Sets the most questions that wait for a flight; 1,024 by default. One entry never takes more than half of the places that are
     * left.
     *
     * @param most the number
     * @return this
     */
    public RegistryLimitsBuilder waiting(int most) {
        waiting = most;
        return this;
    }

    /**
     * Sets the size of the caches; 16 MiB by default, and an eighth of the heap at most.
     *
     * @param most the number of bytes
     * @return this
     */
    public RegistryLimitsBuilder cacheBytes(long most) {
        cacheBytes = most;
        return this;
    }

    /**
     * Sets the most bytes of bodies in flight; 32 MiB by default, and a quarter of the heap at most. One entry never takes more than
     * half of what is left.
     *
     * @param most the number of bytes
     * @return this
     */
    public RegistryLimitsBuilder bodyBytes(long most) {
        bodyBytes = most;
        return this;
    }

    /**
     * Sets the largest blob; half of {@link #bodyBytes} by default.
     *
     * @param most the number of bytes
     * @return this
     */
    public RegistryLimitsBuilder attestationBytes(long most) {
        attestationBytes = OptionalLong.of(most);
        return this;
    }

    /**
     * {@return the limits}
     *
     * @throws IllegalArgumentException if one is not positive, the timeout is over 5 minutes, or {@code attestationBytes} is more than
     *     {@code bodyBytes} or 1 GiB
     */
    public RegistryLimits build() {
        return new RegistryLimits(this);
    }
}
