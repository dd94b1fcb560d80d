package io.imagegate.version;

/**
 * Which of the versions that a text stands for are in a range.
 *
 * @since 0.1
 */
public enum Containment {
    /** All are in the range. */
    ALL,
    /** Some are in the range, and some are not. */
    SOME,
    /** None is in the range. */
    NONE,
    /**
     * It is one prerelease within the bounds of the range, which leaves it out only because it is one: it names no prerelease
     * of the same version.
     */
    PRERELEASE
}
