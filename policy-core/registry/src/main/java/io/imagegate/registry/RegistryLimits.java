package io.imagegate.registry;

import io.imagegate.registry.http.FlightLimits;
import io.imagegate.text.DurationText;
import java.time.Duration;

/**
 * Limits of {@link Registries}. Immutable.
 *
 * @param timeout longest duration of a flight, which is one question to a registry with all its requests; 20 s by default
 * @param flights most flights at once; 64 by default
 * @param flightsPerRegistry most flights at once for one entry, however many hosts it stands for; 8 by default
 * @param waiting most questions that wait for a flight; 1,024 by default. One entry never takes more than half of the
 *     places that are left
 * @param cacheBytes size of the caches; 16 MiB by default, and an eighth of the heap at most
 * @param bodyBytes most bytes of bodies in flight; 32 MiB by default, and a quarter of the heap at most. One entry never
 *     takes more than half of what is left
 * @param attestationBytes largest blob; half of {@code bodyBytes} by default
 * @since 0.1
 */
public record RegistryLimits(
        Duration timeout,
        int flights,
        int flightsPerRegistry,
        int waiting,
        long cacheBytes,
        long bodyBytes,
        long attestationBytes) {

    /** An array holds the bytes of a blob. */
    private static final long LARGEST_BLOB = 1L << 30;

    /** The limits that apply unless others are set. */
    public static final RegistryLimits DEFAULTS = forHeap(Runtime.getRuntime().maxMemory());

    /** {@return the limits for a heap, which may be small} */
    static RegistryLimits forHeap(long bytes) {
        long bodies = Math.min(32 << 20, bytes / 4);
        return new RegistryLimits(
                Duration.ofSeconds(20), 64, 8, 1_024, Math.min(16 << 20, bytes / 8), bodies, bodies / 2);
    }

    /**
     * Checks the limits.
     *
     * @param timeout longest duration of a flight
     * @param flights most flights at once
     * @param flightsPerRegistry most flights at once for one entry
     * @param waiting most questions that wait for a flight
     * @param cacheBytes size of the caches
     * @param bodyBytes most bytes of bodies in flight
     * @param attestationBytes largest blob
     * @throws IllegalArgumentException if one is not positive, the timeout is over 5 minutes, or {@code attestationBytes} is
     *     more than {@code bodyBytes} or 1 GiB
     */
    public RegistryLimits {
        requireTimeout(timeout);
        require("flights", flights);
        require("flightsPerRegistry", flightsPerRegistry);
        require("waiting", waiting);
        require("cacheBytes", cacheBytes);
        require("bodyBytes", bodyBytes);
        require("attestationBytes", attestationBytes);
        if (attestationBytes > Math.min(bodyBytes, LARGEST_BLOB)) {
            throw new IllegalArgumentException("attestationBytes: expected at most bodyBytes (" + bodyBytes
                    + ") and at most 1Gi, got " + attestationBytes);
        }
    }

    static Duration requireTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "timeout: expected more than 0 and at most 5m, got " + DurationText.of(timeout));
        }
        return timeout;
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected at least 1, got " + value);
        }
    }

    /**
     * {@return a copy with another timeout}
     *
     * @param duration longest duration of a flight
     */
    public RegistryLimits withTimeout(Duration duration) {
        return new RegistryLimits(
                duration, flights, flightsPerRegistry, waiting, cacheBytes, bodyBytes, attestationBytes);
    }

    FlightLimits ofFlights() {
        return new FlightLimits(timeout, flights, flightsPerRegistry, waiting);
    }
}
