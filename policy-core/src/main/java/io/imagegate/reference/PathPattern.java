package io.imagegate.reference;

import java.util.List;

/**
 * The path of a pattern, segment by segment. Each is a glob for one segment of a path, or {@link #DEEP}, which is any
 * number of segments: none or more where others follow it, one or more at the end.
 */
record PathPattern(List<Glob> segments) {

    static final Glob DEEP = Glob.parse("**");

    PathPattern {
        segments = List.copyOf(segments);
    }

    static boolean isDeep(Glob segment) {
        return segment.equals(DEEP);
    }

    /**
     * On a mismatch only the last {@code **} seen takes one segment more, as in {@link Glob}; so this takes at most as many
     * steps as there are segments in both, multiplied.
     */
    boolean matches(List<String> path) {
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
            } else if (at <= last && segments.get(at).matches(path.get(i))) {
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
