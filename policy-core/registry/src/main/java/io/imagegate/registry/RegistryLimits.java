package io.imagegate.registry;

import io.imagegate.registry.http.FlightLimits;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of {@link Registries}. Immutable.
 *
 * <pre>{@code
 * RegistryLimits limits = RegistryLimits.builder().timeout(Duration.ofSeconds(5)).flights(16).build();
 * }</pre>
 *
 * @since 0.1
 */
public final class RegistryLimits {

    /** The limits that apply unless others are set. */
    public static final RegistryLimits DEFAULTS = builder().build();

    /** An array holds the bytes of a blob. */
    private static final long LARGEST_BLOB = 1L << 30;

    private final Duration timeout;
    private final int flights;
    private final int flightsPerRegistry;
    private final int waiting;
    private final long cacheBytes;
    private final long bodyBytes;
    private final long attestationBytes;

    RegistryLimits(RegistryLimitsBuilder from) {
        timeout = requireTimeout(from.timeout);
        flights = (int) require("flights", from.flights);
        flightsPerRegistry = (int) require("flightsPerRegistry", from.flightsPerRegistry);
        waiting = (int) require("waiting", from.waiting);
        cacheBytes = require("cacheBytes", from.cacheBytes);
        bodyBytes = require("bodyBytes", from.bodyBytes);
        attestationBytes = require("attestationBytes", from.attestationBytes());
        if (attestationBytes > Math.min(bodyBytes, LARGEST_BLOB)) {
            throw new IllegalArgumentException("attestationBytes: expected at most bodyBytes (" + bodyBytes
                    + ") and at most 1Gi, got " + attestationBytes);
        }
    }

    /** {@return a builder with the limits that apply unless others are set} */
    public static RegistryLimitsBuilder builder() {
        return new RegistryLimitsBuilder(Runtime.getRuntime().maxMemory());
    }

    /** {@return a builder with these limits} */
    public RegistryLimitsBuilder toBuilder() {
        return new RegistryLimitsBuilder(this);
    }

    static Duration requireTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "timeout: expected more than 0 and at most 5m, got " + DurationText.of(timeout));
        }
        return timeout;
    }

    private static long require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected at least 1, got " + value);
        }
        return value;
    }

    /** {@return the longest duration of a flight, which is one question to a registry with all its requests} */
    public Duration timeout() {
        return timeout;
    }

    /** {@return the most flights at once} */
    public int flights() {
        return flights;
    }

    /** {@return the most flights at once for one entry, however many hosts it stands for} */
    public int flightsPerRegistry() {
        return flightsPerRegistry;
    }

    /** {@return the most questions that wait for a flight} */
    public int waiting() {
        return waiting;
    }

    /** {@return the size of the caches} */
    public long cacheBytes() {
        return cacheBytes;
    }

    /** {@return the most bytes of bodies in flight} */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** {@return the largest blob in bytes} */
    public long attestationBytes() {
        return attestationBytes;
    }

    FlightLimits ofFlights() {
        return new FlightLimits(timeout, flights, flightsPerRegistry, waiting);
    }

    private List<Object> values() {
        return List.of(timeout, flights, flightsPerRegistry, waiting, cacheBytes, bodyBytes, attestationBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegistryLimits that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** {@return the limits by their names} */
    @Override
    public String toString() {
        return "RegistryLimits[timeout=" + timeout + ", flights=" + flights + ", flightsPerRegistry="
                + flightsPerRegistry + ", waiting=" + waiting + ", cacheBytes=" + cacheBytes + ", bodyBytes="
                + bodyBytes + ", attestationBytes=" + attestationBytes + "]";
    }
}
