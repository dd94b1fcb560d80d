package io.imagegate.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Releases, which are versions that are no prereleases, from one on and before another.
 *
 * @param from the first release
 * @param to the first release after all of these
 */
record ReleaseSpan(SemanticVersion from, SemanticVersion to) {

    private static final SemanticVersion FIRST = SemanticVersion.of(0, 0, 0);
    private static final SemanticVersion END = SemanticVersion.of(Long.MAX_VALUE, 0, 0);

    /** {@return the releases with the first numbers of a version} */
    static ReleaseSpan of(PartialVersion version) {
        return new ReleaseSpan(version.floor(), version.next());
    }

    /** {@return the releases that satisfy all bounds; perhaps none} */
    static ReleaseSpan within(List<VersionBound> bounds) {
        return new ReleaseSpan(
                bounds.stream()
                        .map(ReleaseSpan::lowest)
                        .max(Comparator.naturalOrder())
                        .orElse(FIRST),
                bounds.stream()
                        .map(ReleaseSpan::above)
                        .min(Comparator.naturalOrder())
                        .orElse(END));
    }

    /** {@return the first release that is not too low for a bound} */
    private static SemanticVersion lowest(VersionBound bound) {
        return switch (bound.relation()) {
            case LESS, AT_MOST -> FIRST;
            case EQUAL, AT_LEAST -> bound.version().release();
            case GREATER -> after(bound.version());
        };
    }

    /** {@return the first release that is too high for a bound} */
    private static SemanticVersion above(VersionBound bound) {
        return switch (bound.relation()) {
            case LESS -> bound.version().release();
            case AT_MOST, EQUAL -> after(bound.version());
            case AT_LEAST, GREATER -> END;
        };
    }

    /** {@return the first release after a version} */
    private static SemanticVersion after(SemanticVersion version) {
        return version.isPrerelease()
                ? version.release()
                : SemanticVersion.of(version.major(), version.minor(), version.patch() + 1);
    }

    private boolean isEmpty() {
        return from.compareTo(to) >= 0;
    }

    private boolean overlaps(ReleaseSpan other) {
        return !isEmpty() && !other.isEmpty() && from.compareTo(other.to) < 0 && other.from.compareTo(to) < 0;
    }

    /** {@return how many of these releases are in one of the spans} */
    Containment in(Stream<ReleaseSpan> spans) {
        List<ReleaseSpan> overlapping =
                new ArrayList<>(spans.filter(this::overlaps).toList());
        overlapping.sort(Comparator.comparing(ReleaseSpan::from));
        SemanticVersion covered = from;
        for (ReleaseSpan span : overlapping) {
            if (span.from.compareTo(covered) <= 0 && span.to.compareTo(covered) > 0) {
                covered = span.to;
            }
        }
        if (covered.compareTo(to) >= 0) {
            return Containment.ALL;
        }
        return overlapping.isEmpty() ? Containment.NONE : Containment.SOME;
    }
}
