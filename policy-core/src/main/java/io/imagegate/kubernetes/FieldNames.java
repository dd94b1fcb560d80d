package io.imagegate.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields somebody wants of an object, found by their bytes without making a string. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class FieldNames {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

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
     * Finds a name.
     *
     * @param name the name
     * @return the name, or null if it is not wanted
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
     * @param from where the name begins
     * @param to where it ends
     * @param hash its {@link #hash}
     * @return the name, or null if it is not wanted
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
     * A hash of a name, different for names that differ but for a chance of one in 2<sup>64</sup>. Names that collide
     * can be constructed.
     *
     * @param text holds the name in UTF-8
     * @param from where the name begins
     * @param to where it ends
     * @return the hash
     */
    public static long hash(byte[] text, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash, (long) WORD.get(text, at));
        }
        if (at < to) {
            hash = mix(hash, tail(text, at, to));
        }
        return hash;
    }

    private static long tail(byte[] text, int from, int to) {
        if (from <= text.length - Long.BYTES) {
            return (long) WORD.get(text, from) & (-1L >>> (Long.SIZE - Byte.SIZE * (to - from)));
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = word << Byte.SIZE | (text[i] & 0xff);
        }
        return word;
    }

    private static long mix(long hash, long word) {
        long product = (hash ^ word) * MULTIPLIER;
        return product ^ product >>> 32;
    }
}
