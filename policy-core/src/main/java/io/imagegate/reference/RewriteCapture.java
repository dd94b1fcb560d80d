package io.imagegate.reference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * What the wildcards of a path matched: for each {@code **} a list of segments, for each {@code *} one text. Both may hold
 * wildcards themselves, where patterns are rewritten.
 */
final class RewriteCapture {

    private static final String ANY = "*";

    private RewriteCapture() {}

    /** {@return what each wildcard of a pattern matched in a path that the pattern matches} */
    static List<List<String>> of(ImagePattern pattern, List<String> path) {
        List<Glob> segments = PatternRelations.segments(pattern.path());
        int[] starts = Objects.requireNonNull(WildcardRanges.find(
                segments.size(),
                path.size(),
                element -> PathPattern.isDeep(segments.get(element)),
                (element, item) -> segments.get(element).matches(path.get(item))));
        List<List<String>> captured = new ArrayList<>();
        int written = pattern.path().segments().size();
        for (int i = 0; i < written; i++) {
            if (PathPattern.isDeep(pattern.path().segments().get(i))) {
                // At the end it is two of the uniform segments.
                int end = i == written - 1 ? segments.size() : i + 1;
                captured.add(path.subList(starts[i], starts[end]));
            } else {
                stars(segments.get(i), path.get(starts[i])).forEach(text -> captured.add(List.of(text)));
            }
        }
        return captured;
    }

    /** {@return what each {@code *} of a glob matched in a text that the glob matches; the glob has no {@code ?}} */
    static List<String> stars(Glob glob, String text) {
        String pattern = glob.toString();
        int[] starts = Objects.requireNonNull(WildcardRanges.find(
                pattern.length(),
                text.length(),
                element -> pattern.charAt(element) == '*',
                (element, item) -> pattern.charAt(element) == text.charAt(item)));
        List<String> captured = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '*') {
                captured.add(text.substring(starts[i], starts[i + 1]));
            }
        }
        return captured;
    }

    /** {@return the segments of a pattern's path with captured texts in place of its wildcards} */
    static List<String> fill(ImagePattern pattern, List<List<String>> captured) {
        Iterator<List<String>> next = captured.iterator();
        List<String> filled = new ArrayList<>();
        for (Glob segment : pattern.path().segments()) {
            if (PathPattern.isDeep(segment)) {
                filled.addAll(next.next());
            } else {
                filled.add(fill(segment.toString(), next));
            }
        }
        return filled;
    }

    private static String fill(String segment, Iterator<List<String>> captured) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < segment.length(); i++) {
            String piece = segment.startsWith(ANY, i) ? captured.next().get(0) : segment.substring(i, i + 1);
            // Two stars side by side would be another wildcard.
            boolean twice = piece.startsWith(ANY) && filled.toString().endsWith(ANY);
            filled.append(piece, twice ? 1 : 0, piece.length());
        }
        return filled.toString();
    }
}
