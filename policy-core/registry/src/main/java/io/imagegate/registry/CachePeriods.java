package io.imagegate.registry;

import io.imagegate.text.DurationText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long answers of registries are kept. Immutable; the {@code with…} methods return changed copies. What a digest names never
 * changes, so it is kept until the cache is full.
 *
 * <pre>{@code
 * CachePeriods periods = CachePeriods.DEFAULTS.withTags(Duration.ofSeconds(10)).withStaleOnError(Duration.ZERO);
 * }</pre>
 *
 * @since 0.1
 */
public final class CachePeriods {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** The periods that apply unless others are set: 60 s, 1 h, 10 s and 24 h. */
    public static final CachePeriods DEFAULTS =
            new CachePeriods(Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofHours(24));

    /** Nothing is kept but what a digest names. */
    public static final CachePeriods NONE =
            new CachePeriods(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final Duration tags;
    private final Duration verified;
    private final Duration absent;
    private final Duration staleOnError;

    private CachePeriods(Duration tags, Duration verified, Duration absent, Duration staleOnError) {
        this.tags = require("tags", tags);
        this.verified = require("verified", verified);
        this.absent = require("absent", absent);
        this.staleOnError = require("staleOnError", staleOnError);
    }

    static Duration require(String name, Duration period) {
        if (period.isNegative() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": expected at most " + DurationText.of(LONGEST) + ", got " + DurationText.of(period));
        }
        return period;
    }

    /**
     * {@return a copy with another period of tags}
     *
     * @param period how long it is known which digest a tag names; 30 days at most
     * @throws IllegalArgumentException if it is negative or longer
     */
    public CachePeriods withTags(Duration period) {
        return new CachePeriods(period, verified, absent, staleOnError);
    }

    /**
     * {@return a copy with another period of what was verified}
     *
     * @param period how long verified signatures and attestations are kept; 30 days at most
     * @throws IllegalArgumentException if it is negative or longer
     */
    public CachePeriods withVerified(Duration period) {
        return new CachePeriods(tags, period, absent, staleOnError);
    }

    /**
     * {@return a copy with another period of what is absent}
     *
     * @param period how long it is known that something does not exist; 30 days at most
     * @throws IllegalArgumentException if it is negative or longer
     */
    public CachePeriods withAbsent(Duration period) {
        return new CachePeriods(tags, verified, period, staleOnError);
    }

    /**
     * {@return a copy with another period of outages}
     *
     * @param period how long after their verification signatures and attestations of a digest count while the registry is down; 30 days
     *     at most. It does not serve references by tag
     * @throws IllegalArgumentException if it is negative or longer
     */
    public CachePeriods withStaleOnError(Duration period) {
        return new CachePeriods(tags, verified, absent, period);
    }

    /** {@return how long it is known which digest a tag names} */
    public Duration tags() {
        return tags;
    }

    /** {@return how long signatures and attestations that were verified are kept} */
    public Duration verified() {
        return verified;
    }

    /** {@return how long it is known that something does not exist} */
    public Duration absent() {
        return absent;
    }

    /** {@return how long after their verification signatures and attestations of a digest count while the registry is down} */
    public Duration staleOnError() {
        return staleOnError;
    }

    private List<Duration> values() {
        return List.of(tags, verified, absent, staleOnError);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CachePeriods that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** {@return the periods by their names} */
    @Override
    public String toString() {
        return "CachePeriods[tags=" + tags + ", verified=" + verified + ", absent=" + absent + ", staleOnError="
                + staleOnError + "]";
    }
}
