package io.imagegate.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A range of semantic versions, as npm writes it. Immutable and thread-safe; equal when written alike.
 *
 * <table class="striped">
 * <caption>What can stand in a range</caption>
 * <tr><th scope="col">written</th><th scope="col">means</th></tr>
 * <tr><td>{@code >=2.3 <4}</td><td>both hold: at least 2.3.0 and before 4.0.0; also {@code >}, {@code <=}, {@code =}</td></tr>
 * <tr><td>{@code 1.2.x}, {@code 1.2}, {@code *}</td><td>whatever begins like this</td></tr>
 * <tr><td>{@code ~1.2.3}</td><td>from there, with the same first two numbers</td></tr>
 * <tr><td>{@code ^1.2.3}</td><td>from there, with the same numbers up to the first that is not 0</td></tr>
 * <tr><td>{@code 1.2 - 2.3}</td><td>from 1.2.0 to the last 2.3</td></tr>
 * <tr><td>{@code 1.x || >=3.1}</td><td>one of them holds</td></tr>
 * </table>
 *
 * <p>A prerelease such as {@code 2.0.0-rc.1} is in a range only if a bound of the range that holds for it is a prerelease
 * of the same {@code 2.0.0}: whoever asks for {@code >=1.5} does not want unfinished versions, and whoever names one does.
 * Therefore {@code *} and {@code * || 2.0.0-rc.1} hold no prerelease at all, as in npm.
 *
 * <p>What npm would overlook is refused here: a prerelease of a version left open ({@code 1.2.x-alpha}) or a number behind
 * it ({@code 1.x.3}), a star within a word, several operators or {@code v}s in a row, an operator before nothing or before
 * {@code 1.2 - 2.3}, an empty range.
 *
 * @since 0.1
 */
public final class VersionRange {

    private final String text;
    private final List<List<VersionBound>> written;
    private final List<List<VersionBound>> alternatives;

    private VersionRange(String text, List<List<VersionBound>> alternatives) {
        this.text = text;
        this.written = alternatives;
        this.alternatives = alternatives.contains(List.<VersionBound>of()) ? List.of(List.of()) : alternatives;
    }

    /**
     * Reads a range.
     *
     * @param text the range, such as {@code >=2.3 <4}
     * @return the range
     * @throws VersionRangeSyntaxException if the text is not a range
     */
    public static VersionRange parse(String text) {
        return new VersionRange(text, new VersionRangeParser(text).parse());
    }

    /**
     * Tells whether a version is in the range.
     *
     * @param version the version in full, such as {@code 2.3.0} or {@code v2.3.0-rc.1}
     * @return whether it is; empty if the text is not a version
     */
    public Optional<Boolean> contains(String version) {
        Place place = place(version);
        return place == Place.NO_VERSION ? Optional.empty() : Optional.of(place == Place.INSIDE);
    }

    /** Where a tag stands to a range. */
    enum Place {
        INSIDE,
        OUTSIDE,
        /** Within the bounds, and not in the range only because that names no prerelease of this version. */
        PRERELEASE,
        NO_VERSION
    }

    Place place(String version) {
        return Version.parse(version).map(this::place).orElse(Place.NO_VERSION);
    }

    private Place place(Version version) {
        Place place = Place.OUTSIDE;
        for (List<VersionBound> bounds : alternatives) {
            if (isWithin(bounds, version)) {
                if (isNamed(bounds, version)) {
                    return Place.INSIDE;
                }
                place = Place.PRERELEASE;
            }
        }
        return place;
    }

    private static boolean isWithin(List<VersionBound> bounds, Version version) {
        return bounds.stream().allMatch(bound -> bound.holds(version));
    }

    private static boolean isNamed(List<VersionBound> bounds, Version version) {
        return !version.isPrerelease()
                || bounds.stream().anyMatch(bound -> bound.version().isPrereleaseOfSame(version));
    }

    /**
     * Tells whether a part of this range holds no version at all, such as {@code >=2 <1}.
     *
     * @return the first such part as written, between {@code ||}; empty if every part holds a version
     */
    public Optional<String> emptyPart() {
        String[] parts = text.split("\\|\\|", -1);
        return IntStream.range(0, written.size())
                .filter(i -> isEmpty(written.get(i)))
                .mapToObj(i -> parts[i].strip())
                .findFirst();
    }

    /** A version in the range, if there is one, is among the lowest ones that each bound could let in. */
    private static boolean isEmpty(List<VersionBound> bounds) {
        Stream<Version> lowest = bounds.stream().map(VersionBound::version).flatMap(Version::following);
        return Stream.concat(Stream.of(Version.of(0, 0, 0)), lowest)
                .noneMatch(version -> isWithin(bounds, version) && isNamed(bounds, version));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionRange range && text.equals(range.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the range as it was written} */
    @Override
    public String toString() {
        return text;
    }
}
