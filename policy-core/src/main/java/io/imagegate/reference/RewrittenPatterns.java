package io.imagegate.reference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that together match whatever a rewrite makes of the images that a pattern matches. Every way in which segments of
 * the pattern can stand beside those of the rewrite gives one of them.
 */
final class RewrittenPatterns {

    /** With more steps than this, the whole place to which the rewrite leads is the result. */
    private static final int MOST_STEPS = 10_000;

    private static final String DEEP = PathPattern.DEEP.toString();
    private static final String ANY = "*";

    private final ImageRewrite rewrite;
    private final ImagePattern pattern;
    private final List<Glob> from;
    private final List<Glob> segments;
    private final List<Deque<String>> captured = new ArrayList<>();
    private final Map<String, ImagePattern> found = new LinkedHashMap<>();
    private @Nullable String impossible;
    private int steps;

    private RewrittenPatterns(ImageRewrite rewrite, ImagePattern pattern) {
        this.rewrite = rewrite;
        this.pattern = pattern;
        this.from = PatternRelations.segments(rewrite.from().path());
        this.segments = PatternRelations.segments(pattern.path());
        from.forEach(segment -> captured.add(new ArrayDeque<>()));
    }

    /** Finds the patterns for what a pattern matches. */
    static RewrittenPatterns of(ImageRewrite rewrite, ImagePattern pattern) {
        RewrittenPatterns rewritten = new RewrittenPatterns(rewrite, pattern);
        rewritten.align(0, 0);
        if (rewritten.steps > MOST_STEPS) {
            rewritten.found.clear();
            rewritten.target(
                    rewrite.to().path().segments().stream().map(Glob::toString).toList());
        }
        return rewritten;
    }

    /** {@return the first that a list does not cover; a name that no image can have if there are only such} */
    Optional<String> missing(PatternSet list) {
        return found.isEmpty()
                ? Optional.ofNullable(impossible)
                : found.entrySet().stream()
                        .filter(target -> !covers(list, target.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    /**
     * {@return whether a list covers a target} A rewrite of {@code acme/**} makes one namespace of {@code {namespace}/**}: the
     * placeholder in the list covers it then, so that nobody has to name the namespace for all.
     */
    private boolean covers(PatternSet list, ImagePattern target) {
        return list.covers(target)
                || (pattern.isPerNamespace()
                        && list.patterns().stream()
                                .filter(ImagePattern::isPerNamespace)
                                .anyMatch(other -> other.inAnyNamespace().covers(target.inAnyNamespace())));
    }

    /** Aligns the rest of both paths. */
    private void align(int i, int j) {
        if (++steps > MOST_STEPS) {
            return;
        }
        boolean more = i < from.size();
        boolean moreSegments = j < segments.size();
        boolean deep = more && PathPattern.isDeep(from.get(i));
        boolean deepSegment = moreSegments && PathPattern.isDeep(segments.get(j));
        if (!more && !moreSegments) {
            add();
        } else if (deep) {
            if (moreSegments) {
                capture(i, List.of(segments.get(j).toString()), i, j + 1);
            }
            capture(i, deepSegment ? List.of(DEEP) : List.of(), i + 1, j);
        } else if (deepSegment) {
            if (more) {
                capture(i, pieces(from.get(i), Glob.parse(ANY)), i + 1, j);
            }
            align(i, j + 1);
        } else if (more && moreSegments && PatternRelations.overlap(from.get(i), segments.get(j))) {
            capture(i, pieces(from.get(i), segments.get(j)), i + 1, j + 1);
        }
    }

    private void capture(int element, List<String> pieces, int i, int j) {
        Deque<String> all = captured.get(element);
        pieces.forEach(all::addLast);
        align(i, j);
        pieces.forEach(piece -> all.removeLast());
    }

    /** {@return what each star of a segment of the rewrite can match in a segment of the pattern} */
    private static List<String> pieces(Glob segment, Glob other) {
        int stars = (int) segment.toString().chars().filter(c -> c == '*').count();
        if (segment.toString().equals(ANY)) {
            return List.of(other.toString());
        }
        return other.isLiteral() && stars > 0
                ? RewriteCapture.stars(segment, other.toString())
                : Collections.nCopies(stars, ANY);
    }

    private void add() {
        List<List<String>> wildcards = new ArrayList<>();
        List<Glob> written = rewrite.from().path().segments();
        for (int i = 0; i < written.size(); i++) {
            if (!PathPattern.isDeep(written.get(i))) {
                captured.get(i).forEach(piece -> wildcards.add(List.of(piece)));
            } else {
                List<String> all = new ArrayList<>(captured.get(i));
                if (i == written.size() - 1) {
                    // At the end it is two of the uniform segments.
                    all.addAll(captured.get(i + 1));
                }
                wildcards.add(all);
            }
        }
        add(withoutRepeatedDeep(RewriteCapture.fill(rewrite.to(), wildcards)));
    }

    /** Writes a path as patterns do: {@code **} at the end stands for one segment or more, here for none or more. */
    private void add(List<String> path) {
        int last = path.size() - 1;
        if (last > 0 && path.get(last).equals(DEEP)) {
            if (path.get(last - 1).equals(ANY)) {
                path.remove(last - 1);
            } else {
                add(new ArrayList<>(path.subList(0, last)));
            }
        }
        target(path);
    }

    private static List<String> withoutRepeatedDeep(List<String> path) {
        List<String> shorter = new ArrayList<>();
        for (String segment : path) {
            if (!segment.equals(DEEP)
                    || shorter.isEmpty()
                    || !shorter.get(shorter.size() - 1).equals(DEEP)) {
                shorter.add(segment);
            }
        }
        return shorter;
    }

    private void target(List<String> path) {
        String version = (pattern.tag() == null ? "" : ":" + pattern.tag())
                + (pattern.digest() == null ? "" : "@" + pattern.digest());
        String text = rewrite.registry() + "/" + String.join("/", path) + version;
        if (path.stream().allMatch(PatternParser::isSegment)) {
            PathPattern segments =
                    new PathPattern(path.stream().map(Glob::segment).toList());
            found.putIfAbsent(
                    text, new ImagePattern(text, rewrite.to().host(), segments, pattern.tag(), pattern.digest()));
        } else if (impossible == null) {
            // A star inside a segment can match nothing, or text that cannot stand elsewhere.
            impossible = text;
        }
    }
}
