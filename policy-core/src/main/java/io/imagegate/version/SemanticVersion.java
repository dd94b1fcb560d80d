package io.imagegate.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Semantic version without build metadata, which does not affect the order. */
record SemanticVersion(long major, long minor, long patch, List<String> prerelease)
        implements Comparable<SemanticVersion> {

    /** The lowest prerelease. As an upper bound it also excludes the prereleases of the version. */
    private static final List<String> LOWEST = List.of("0");

    static SemanticVersion of(long major, long minor, long patch) {
        return new SemanticVersion(major, minor, patch, List.of());
    }

    /** Parses a version with or without a leading {@code v}; empty if the text is not a version. */
    static Optional<SemanticVersion> parse(String text) {
        return PartialVersion.parse(text).filter(PartialVersion::isFull).map(PartialVersion::floor);
    }

    SemanticVersion beforePrereleases() {
        return new SemanticVersion(major, minor, patch, LOWEST);
    }

    /** {@return the next versions: this, the next prerelease, the first one, the release, the next patch} */
    Stream<SemanticVersion> following() {
        List<String> longer = new ArrayList<>(prerelease);
        longer.add("0");
        return Stream.of(
                this,
                new SemanticVersion(major, minor, patch, List.copyOf(longer)),
                beforePrereleases(),
                release(),
                of(major, minor, patch + 1));
    }

    /** {@return the version without its prerelease} */
    SemanticVersion release() {
        return of(major, minor, patch);
    }

    boolean isPrerelease() {
        return !prerelease.isEmpty();
    }

    boolean isPrereleaseOfSame(SemanticVersion other) {
        return isPrerelease() && major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        return order != 0 ? order : comparePrerelease(other);
    }

    private int comparePrerelease(SemanticVersion other) {
        if (isPrerelease() != other.isPrerelease()) {
            return isPrerelease() ? -1 : 1;
        }
        int both = Math.min(prerelease.size(), other.prerelease.size());
        for (int i = 0; i < both; i++) {
            int order = compareIdentifiers(prerelease.get(i), other.prerelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    /** Numbers sort before words. They have no leading zeros, so the longer number is greater. */
    private static int compareIdentifiers(String one, String other) {
        boolean number = VersionScanner.isNumber(one);
        if (number != VersionScanner.isNumber(other)) {
            return number ? -1 : 1;
        }
        return number && one.length() != other.length()
                ? Integer.compare(one.length(), other.length())
                : one.compareTo(other);
    }
}
