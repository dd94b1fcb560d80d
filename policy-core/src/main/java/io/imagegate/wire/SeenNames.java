package io.imagegate.wire;

import java.util.Arrays;

/**
 * The names that came in each object that is being read, as hashes of 61 bits with a secret key. The names themselves
 * are gone by then from the buffer of a stream. Two different names count as the same once in 10<sup>8</sup> objects of
 * 100,000 fields, by chance; nobody can construct them, see {@link io.imagegate.kubernetes.FieldNames#hash}. Nobody can
 * make it slow, as it uses no hash table: the first names are compared one by one, more of them by sorting. Not
 * thread-safe.
 */
final class SeenNames {

    private static final int FEW = 32;

    private long[] hashes = new long[FEW];
    private int size;

    /** Begins an object; what is returned is to be given to the other methods. */
    int begin() {
        return size;
    }

    /** Adds a name; false if it came already and the object has few names as yet. */
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

    /** Ends the object; false if a name came twice. */
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
