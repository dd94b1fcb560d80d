package io.imagegate.version;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Range of semantic versions in npm's syntax. Immutable and thread-safe. Two ranges are equal if their texts are equal.
 *
 * <table class="striped">
 * <caption>Syntax of a range</caption>
 * <tr><th scope="col">written</th><th scope="col">means</th></tr>
 * <tr><td>{@code >=2.3 <4}</td><td>at least 2.3.0 and before 4.0.0; also {@code >}, {@code <=}, {@code =}</td></tr>
 * <tr><td>{@code 1.2.x}, {@code 1.2}, {@code *}</td><td>versions with these first numbers</td></tr>
 * <tr><td>{@code ~1.2.3}</td><td>this version and later ones with the same first two numbers</td></tr>
 * <tr><td>{@code ^1.2.3}</td><td>this version and later ones with the same numbers up to the first that is not
 * 0</td></tr>
 * <tr><td>{@code 1.2 - 2.3}</td><td>from 1.2.0 to the last 2.3</td></tr>
 * <tr><td>{@code 1.x || >=3.1}</td><td>versions in one of the ranges</td></tr>
 * </table>
 *
 * <p>A prerelease such as {@code 2.0.0-rc.1} is in a range only if it satisfies a bound that is a prerelease of the
 * same version {@code 2.0.0}: a range such as {@code >=1.5} does not ask for unfinished versions. Therefore {@code *}
 * and {@code * || 2.0.0-rc.1} contain no prerelease at all, as in npm.
 *
 * <p>Some texts that npm accepts are refused: a prerelease or a number after {@code x} ({@code 1.2.x-alpha},
 * {@code 1.x.3}), a star within a word, several operators or {@code v}s in a row, an operator without a version or
 * before {@code 1.2 - 2.3}, an empty range.
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
     * Parses a range.
     *
     * @param text the range, such as {@code >=2.3 <4}
     * @return the range
     * @throws VersionRangeSyntaxException if the text is not a range
     */
    public static VersionRange parse(String text) {
        return new VersionRange(text, new VersionRangeParser(text).parse());
    }

    /**
     * Tests whether a version is in the range.
     *
     * @param version the full version, such as {@code 2.3.0} or {@code v2.3.0-rc.1}
     * @return whether it is; empty if the text is not a version
     */
    public Optional<Boolean> contains(String version) {
        return SemanticVersion.parse(version).map(full -> containment(full) == Containment.ALL);
    }

    /**
     * Tests whether a prerelease is within the bounds of the range, which leaves it out only because it is one: it names no
     * prerelease of the same version.
     *
     * @param version the full version, such as {@code 2.3.0-rc.1}
     * @return whether it is; false if the range contains it, or it is not a version
     */
    public boolean leavesOutPrerelease(String version) {
        return SemanticVersion.parse(version).map(this::containment).equals(Optional.of(Containment.PRERELEASE));
    }

    /**
     * Tests which versions that a text stands for are in the range. A full version stands for itself. One that has only its
     * first numbers, such as {@code 1.25} or {@code v1}, stands for every version that begins so and is not a prerelease.
     *
     * @param version the version
     * @return how many are in the range; empty if the text is not a version, such as {@code 1.x}
     */
    public Optional<Containment> containment(String version) {
        return PartialVersion.parse(version).map(this::containment);
    }

    private Containment containment(PartialVersion version) {
        return version.isFull()
                ? containment(version.floor())
                : ReleaseSpan.of(version).in(alternatives.stream().map(ReleaseSpan::within));
    }

    private Containment containment(SemanticVersion version) {
        Containment containment = Containment.NONE;
        for (List<VersionBound> bounds : alternatives) {
            if (isWithin(bounds, version)) {
                if (isNamed(bounds, version)) {
                    return Containment.ALL;
                }
                containment = Containment.PRERELEASE;
            }
        }
        return containment;
    }

    private static boolean isWithin(List<VersionBound> bounds, SemanticVersion version) {
        return bounds.stream().allMatch(bound -> bound.holds(version));
    }

    private static boolean isNamed(List<VersionBound> bounds, SemanticVersion version) {
        return !version.isPrerelease()
                || bounds.stream().anyMatch(bound -> bound.version().isPrereleaseOfSame(version));
    }

    /**
     * Finds a part of this range that contains no version, such as {@code >=2 <1}.
     *
     * @return the first such part between {@code ||}, as written; empty if every part contains a version
     */
    public Optional<String> emptyPart() {
        String[] parts = text.split("\\|\\|", -1);
        return IntStream.range(0, written.size())
                .filter(i -> isEmpty(written.get(i)))
                .mapToObj(i -> parts[i].strip())
                .findFirst();
    }

    /** If the range contains a version, it contains one of the lowest versions of a bound. */
    private static boolean isEmpty(List<VersionBound> bounds) {
        Stream<SemanticVersion> lowest =
                bounds.stream().map(VersionBound::version).flatMap(SemanticVersion::following);
        return Stream.concat(Stream.of(SemanticVersion.of(0, 0, 0)), lowest)
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

    /** {@return the range as written} */
    @Override
    public String toString() {
        return text;
    }
}
