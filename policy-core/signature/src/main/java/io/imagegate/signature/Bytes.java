package io.imagegate.signature;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes as a value. Nobody changes the array. */
final class Bytes {

    static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    static Bytes of(byte[] array) {
        return new Bytes(array);
    }

    byte[] array() {
        return array;
    }

    int length() {
        return array.length;
    }

    boolean isSame(byte[] other) {
        return Arrays.equals(array, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** {@return hexadecimal digits} */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array);
    }
}
