package io.imagegate.signature.encoding;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes as a value. Nobody changes the array. */
public final class Bytes {

    public static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    public static Bytes of(byte[] array) {
        return new Bytes(array);
    }

    public byte[] array() {
        return array;
    }

    public int length() {
        return array.length;
    }

    public boolean isSame(byte[] other) {
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
