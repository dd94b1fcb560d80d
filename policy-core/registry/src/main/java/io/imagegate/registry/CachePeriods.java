package io.imagegate.registry;

import io.imagegate.text.DurationText;
import java.time.Duration;

/**
 * How long answers of registries are kept. Immutable. What a digest names never changes, so it is kept until the cache is
 * full.
 *
 * @param tags which digest a tag names; 60 s by default
 * @param verified signatures and attestations that were verified; 1 h by default
 * @param absent what does not exist; 10 s by default
 * @param staleOnError how long after their verification signatures and attestations of a digest count while the registry is
 *     down; 24 h by default. It does not serve references by tag
 * @since 0.1
 */
public record CachePeriods(Duration tags, Duration verified, Duration absent, Duration staleOnError) {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** The periods that apply unless others are set. */
    public static final CachePeriods DEFAULTS =
            new CachePeriods(Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofHours(24));

    /**
     * Checks the periods.
     *
     * @param tags which digest a tag names
     * @param verified signatures and attestations that were verified
     * @param absent what does not exist
     * @param staleOnError how long an answer serves during an outage
     * @throws IllegalArgumentException if one is negative or longer than 30 days
     */
    public CachePeriods {
        require("tags", tags);
        require("verified", verified);
        require("absent", absent);
        require("staleOnError", staleOnError);
    }

    static Duration require(String name, Duration period) {
        if (period.isNegative() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": expected at most " + DurationText.of(LONGEST) + ", got " + DurationText.of(period));
        }
        return period;
    }
}
