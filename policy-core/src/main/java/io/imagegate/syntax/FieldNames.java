package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Set of field names, matched by their UTF-8 bytes without making a string. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class FieldNames {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int WORD_BYTES = 7;
    private static final int PRIME_BITS = 61;
    private static final long PRIME = (1L << PRIME_BITS) - 1;
    /** Secret, so that nobody can construct names with equal hashes. */
    private static final long POINT = new SecureRandom().nextLong() >>> (Long.SIZE - PRIME_BITS);

    private final String[] names;
    private final byte[][] texts;
    private final long[] hashes;

    private FieldNames(String[] names) {
        this.names = names;
        this.texts = new byte[names.length][];
        this.hashes = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = names[i].getBytes(UTF_8);
            hashes[i] = hash(texts[i], 0, texts[i].length);
        }
    }

    /**
     * Makes a set of names.
     *
     * @param names the names
     * @return the set
     */
    public static FieldNames of(String... names) {
        return new FieldNames(names.clone());
    }

    /**
     * Makes a larger set.
     *
     * @param more names that it has, too
     * @return the set
     */
    public FieldNames with(String... more) {
        String[] all = Arrays.copyOf(names, names.length + more.length);
        System.arraycopy(more, 0, all, names.length, more.length);
        return new FieldNames(all);
    }

    /** {@return whether the set has no name} */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /**
     * Finds a name.
     *
     * @param name the name
     * @return the name, or null if the set does not contain it
     */
    public @Nullable String find(String name) {
        for (String candidate : names) {
            if (candidate.equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Finds a name by its bytes.
     *
     * @param text holds the name in UTF-8
     * @param from start of the name
     * @param to end of the name
     * @param hash its {@link #hash}
     * @return the name, or null if the set does not contain it
     */
    public @Nullable String find(byte[] text, int from, int to, long hash) {
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash && Arrays.equals(texts[i], 0, texts[i].length, text, from, to)) {
                return names[i];
            }
        }
        return null;
    }

    /**
     * A hash of a name: its words of seven bytes as the coefficients of a polynomial over the integers modulo
     * 2<sup>61</sup> - 1, at a random point that is different in each process. Without knowing the point, two names
     * collide with a probability of one in 2<sup>61</sup> for every seven bytes of their length, however they are
     * constructed.
     *
     * @param text holds the name in UTF-8
     * @param from start of the name
     * @param to end of the name
     * @return the hash
     */
    public static long hash(byte[] text, int from, int to) {
        long hash = (long) to - from;
        for (int at = from; at < to; at += WORD_BYTES) {
            hash = timesPoint(hash) + word(text, at, Math.min(at + WORD_BYTES, to));
            hash = (hash & PRIME) + (hash >>> PRIME_BITS);
        }
        return hash >= PRIME ? hash - PRIME : hash;
    }

    /** At most slightly more than the prime, so that adding a word does not overflow. */
    private static long timesPoint(long hash) {
        long low = hash * POINT;
        long high = Math.multiplyHigh(hash, POINT) << (Long.SIZE - PRIME_BITS) | low >>> PRIME_BITS;
        return (low & PRIME) + high;
    }

    private static long word(byte[] text, int from, int to) {
        if (from <= text.length - Long.BYTES) {
            return (long) LONG.get(text, from) & (-1L >>> (Long.SIZE - Byte.SIZE * (to - from)));
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Byte.SIZE | (text[i] & 0xff);
        }
        return word;
    }
}
