package io.imagegate.reference;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * Relations between two sequences in which one element, {@code many}, stands for any number of others, none included. Time
 * and memory are at most the product of the lengths; where that is over a million, they are not compared.
 */
final class Wildcards {

    private static final long LARGEST = 1 << 20;

    private Wildcards() {}

    /**
     * {@return whether some sequence is matched by both} True also where they are too long to be compared.
     *
     * @param one a sequence
     * @param other another sequence
     * @param many the element that stands for any number of others
     * @param overlap whether two other elements match something in common
     * @param <T> the type of elements
     */
    static <T> boolean overlap(List<T> one, List<T> other, T many, BiPredicate<T, T> overlap) {
        if (areTooLong(one, other)) {
            return true;
        }
        boolean[][] rest = new boolean[one.size() + 1][other.size() + 1];
        for (int i = one.size(); i >= 0; i--) {
            for (int j = other.size(); j >= 0; j--) {
                boolean moreOne = i < one.size();
                boolean moreOther = j < other.size();
                boolean manyOne = moreOne && one.get(i).equals(many);
                boolean manyOther = moreOther && other.get(j).equals(many);
                rest[i][j] = (!moreOne && !moreOther)
                        || (moreOne && (manyOne || manyOther) && rest[i + 1][j])
                        || (moreOther && (manyOne || manyOther) && rest[i][j + 1])
                        || (moreOne
                                && moreOther
                                && !manyOne
                                && !manyOther
                                && overlap.test(one.get(i), other.get(j))
                                && rest[i + 1][j + 1]);
            }
        }
        return rest[0][0];
    }

    /**
     * {@return whether everything that the second sequence matches is certainly matched by the first} It can be false
     * although this is so, but only if the first needs several of its elements for it, or if they are too long to be
     * compared.
     *
     * @param outer the sequence that may match more
     * @param inner the sequence that may match less
     * @param many the element that stands for any number of others
     * @param covers whether an element certainly matches everything that another matches
     * @param <T> the type of elements
     */
    static <T> boolean covers(List<T> outer, List<T> inner, T many, BiPredicate<T, T> covers) {
        if (areTooLong(outer, inner)) {
            return false;
        }
        boolean[][] rest = new boolean[outer.size() + 1][inner.size() + 1];
        for (int i = outer.size(); i >= 0; i--) {
            for (int j = inner.size(); j >= 0; j--) {
                boolean more = j < inner.size();
                if (i == outer.size()) {
                    rest[i][j] = !more;
                } else if (outer.get(i).equals(many)) {
                    rest[i][j] = rest[i + 1][j] || (more && rest[i][j + 1]);
                } else {
                    rest[i][j] = more
                            && !inner.get(j).equals(many)
                            && covers.test(outer.get(i), inner.get(j))
                            && rest[i + 1][j + 1];
                }
            }
        }
        return rest[0][0];
    }

    private static boolean areTooLong(List<?> one, List<?> other) {
        return (one.size() + 1L) * (other.size() + 1L) > LARGEST;
    }
}
