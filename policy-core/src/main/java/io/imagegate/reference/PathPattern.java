package io.imagegate.reference;

import java.util.List;
import java.util.stream.Stream;

/**
 * Path of a pattern as a list of segments. Each is a glob for one path segment, or {@link #DEEP} for any number of
 * segments: one or more at the end, elsewhere none or more.
 */
record PathPattern(List<Glob> segments) {

    static final Glob DEEP = Glob.parse("**");

    private static final Glob LIBRARY = Glob.parse("library");

    PathPattern {
        segments = List.copyOf(segments);
    }

    static boolean isDeep(Glob segment) {
        return segment.equals(DEEP);
    }

    boolean isOneSegment() {
        return segments.size() == 1 && !isDeep(segments.get(0));
    }

    /** {@return this path below the namespace of Docker Hub's official images} */
    PathPattern inLibrary() {
        return new PathPattern(
                Stream.concat(Stream.of(LIBRARY), segments.stream()).toList());
    }

    boolean isPerNamespace() {
        return segments.stream().anyMatch(Glob::isPerNamespace);
    }

    /**
     * On a mismatch only the last {@code **} takes one more segment, as in {@link Glob}. The number of steps is at most
     * the product of the numbers of segments.
     */
    boolean matches(List<String> path, String inserted) {
        int last = segments.size() - 1;
        int at = 0;
        int i = 0;
        int afterDeep = -1;
        int retry = 0;
        while (i < path.size()) {
            if (at <= last && isDeep(segments.get(at))) {
                if (at == last) {
                    return true;
                }
                afterDeep = ++at;
                retry = i;
            } else if (at <= last && segments.get(at).matches(path.get(i), inserted)) {
                at++;
                i++;
            } else if (afterDeep >= 0) {
                at = afterDeep;
                i = ++retry;
            } else {
                return false;
            }
        }
        return at > last;
    }
}
