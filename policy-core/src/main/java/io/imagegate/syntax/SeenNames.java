package io.imagegate.syntax;

import java.util.Arrays;

/**
 * Finds duplicate names in the objects that are being read. It keeps hashes of 61 bits with a secret key, because the
 * names themselves are no longer in the buffer of a stream. Different names collide in one of 10<sup>8</sup> objects of
 * 100,000 fields; nobody can construct a collision, see {@link FieldNames#hash}. It uses no
 * hash table that a sender could make slow: the first names are compared one by one, more of them by sorting. Not
 * thread-safe.
 */
final class SeenNames {

    private static final int FEW = 32;

    /** In a small review. It doubles as needed. */
    private static final int FIRST = 16;

    private long[] hashes = new long[FIRST];
    private int size;

    /** Starts an object. Pass the result to the other methods. */
    int begin() {
        return size;
    }

    /** Adds a name; false if it is a duplicate and the object still has few names. */
    boolean add(int begin, long hash) {
        long[] all = hashes;
        int stop = Math.min(size, begin + FEW);
        for (int i = begin; i < stop; i++) {
            if (all[i] == hash) {
                return false;
            }
        }
        if (size == all.length) {
            hashes = Arrays.copyOf(all, 2 * size);
        }
        hashes[size++] = hash;
        return true;
    }

    int count(int begin) {
        return size - begin;
    }

    /** Ends the object; false if it has a duplicate name. */
    boolean end(int begin) {
        boolean distinct = true;
        if (size - begin > FEW) {
            Arrays.sort(hashes, begin, size);
            for (int i = begin + 1; i < size; i++) {
                distinct &= hashes[i - 1] != hashes[i];
            }
        }
        size = begin;
        return distinct;
    }
}
