package io.imagegate.reference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

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
        int[] starts = Objects.requireNonNull(find(
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
        int[] starts = Objects.requireNonNull(find(
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

    /** Tells whether an element of the pattern, by its index, matches an item. */
    private interface Matcher {
        boolean matches(int element, int item);
    }

    /**
     * {@return the index of the first item of each element, and the number of items at the end; null if the pattern does not
     * match} An element for many items takes as few as possible, the first element first: on a mismatch only the last such element
     * takes one more, as in {@link Glob}.
     *
     * @param elements the number of elements of the pattern
     * @param items the number of items
     * @param many tells which elements stand for any number of items
     * @param matcher tells what the others match
     */
    private static int @Nullable [] find(int elements, int items, IntPredicate many, Matcher matcher) {
        int[] starts = new int[elements + 1];
        int at = 0;
        int i = 0;
        int last = -1;
        int end = 0;
        while (at < elements || i < items) {
            starts[at] = i;
            if (at < elements && many.test(at)) {
                last = at++;
                end = i;
            } else if (at < elements && i < items && matcher.matches(at, i)) {
                at++;
                i++;
            } else if (last < 0 || end == items) {
                return null;
            } else {
                i = ++end;
                at = last + 1;
            }
        }
        starts[elements] = items;
        return starts;
    }
}
