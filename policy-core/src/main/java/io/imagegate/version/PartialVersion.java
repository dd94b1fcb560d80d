package io.imagegate.version;

import java.util.List;
import java.util.Optional;

/**
 * Version in a range or of a tag, which may have only its first numbers: {@code 1.2} and {@code 1.2.x} have a depth of 2,
 * {@code *} has 0. Missing numbers are 0.
 */
record PartialVersion(int depth, long major, long minor, long patch, List<String> prerelease) {

    private static final int FULL = 3;

    /** Parses a version without {@code x}, with or without a leading {@code v}; empty if the text is not one. */
    static Optional<PartialVersion> parse(String text) {
        try {
            VersionScanner scanner = new VersionScanner(text);
            PartialVersion version = scanner.numberedVersion();
            return scanner.atEnd() ? Optional.of(version) : Optional.empty();
        } catch (VersionRangeSyntaxException e) {
            return Optional.empty();
        }
    }

    boolean isFull() {
        return depth == FULL;
    }

    /** {@return the lowest version with these first numbers} */
    SemanticVersion floor() {
        return new SemanticVersion(major, minor, patch, prerelease);
    }

    /** {@return the lowest version after all with these first numbers} */
    SemanticVersion next() {
        return next(depth);
    }

    /** {@return the lowest version after all that share a number of first numbers with this} */
    SemanticVersion next(int shared) {
        return switch (shared) {
            case 1 -> SemanticVersion.of(major + 1, 0, 0);
            case 2 -> SemanticVersion.of(major, minor + 1, 0);
            default -> SemanticVersion.of(major, minor, patch + 1);
        };
    }

    /** {@return the number of first numbers that a compatible version shares: up to the first that is not 0} */
    int compatible() {
        if (major != 0 || depth == 1) {
            return 1;
        }
        return minor != 0 || depth == 2 ? 2 : FULL;
    }
}
