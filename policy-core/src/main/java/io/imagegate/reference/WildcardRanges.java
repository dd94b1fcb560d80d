package io.imagegate.reference;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what each element of a pattern matches. An element stands for one item, or for any number of items; such an element
 * takes as few items as possible, the first element first.
 */
final class WildcardRanges {

    private WildcardRanges() {}

    /** Tells whether an element of the pattern, by its index, matches an item. */
    interface Matcher {
        boolean matches(int element, int item);
    }

    /**
     * {@return the index of the first item of each element, and the number of items at the end; null if the pattern does not
     * match} On a mismatch only the last element for many items takes one more, as in {@link Glob}.
     *
     * @param elements the number of elements of the pattern
     * @param items the number of items
     * @param many tells which elements stand for any number of items
     * @param matcher tells what the others match
     */
    static int @Nullable [] find(int elements, int items, IntPredicate many, Matcher matcher) {
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
