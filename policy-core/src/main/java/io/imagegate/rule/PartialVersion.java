package io.imagegate.rule;

import java.util.List;

/**
 * A version of which only the first numbers may be given, as ranges have them: {@code 1.2} and {@code 1.2.x} have a depth
 * of 2, {@code *} one of 0. Numbers not given are 0.
 */
record PartialVersion(int depth, long major, long minor, long patch, List<String> prerelease) {

    private static final int FULL = 3;

    boolean isFull() {
        return depth == FULL;
    }

    /** {@return the lowest version that begins like this} */
    Version floor() {
        return new Version(major, minor, patch, prerelease);
    }

    /** {@return the lowest version after all that begin like this} */
    Version next() {
        return next(depth);
    }

    /** {@return the lowest version after all that share the first numbers with this, as many as said} */
    Version next(int shared) {
        return switch (shared) {
            case 1 -> Version.of(major + 1, 0, 0);
            case 2 -> Version.of(major, minor + 1, 0);
            default -> Version.of(major, minor, patch + 1);
        };
    }

    /** {@return how many first numbers a compatible version shares: up to the first that is not 0} */
    int compatible() {
        if (major != 0 || depth == 1) {
            return 1;
        }
        return minor != 0 || depth == 2 ? 2 : FULL;
    }
}
