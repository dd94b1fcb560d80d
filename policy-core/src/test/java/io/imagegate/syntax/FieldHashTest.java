package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Different names have different hashes, whoever made them. */
class FieldHashTest {

    private static final BigInteger PRIME = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);
    /** The name of one zero byte has the coefficients 1, its length, and 0. */
    private static final BigInteger POINT = BigInteger.valueOf(FieldNames.hash(new byte[1], 0, 1));

    @Property
    void isThePolynomialAtASecretPoint(
            @ForAll @Size(max = 70) byte[] name,
            @ForAll @Size(max = 9) byte[] before,
            @ForAll @Size(max = 9) byte[] after) {
        BigInteger expected = BigInteger.valueOf(name.length);
        for (int at = 0; at < name.length; at += 7) {
            BigInteger word = BigInteger.ZERO;
            for (int i = Math.min(at + 7, name.length) - 1; i >= at; i--) {
                word = word.shiftLeft(8).add(BigInteger.valueOf(name[i] & 0xff));
            }
            expected = expected.multiply(POINT).add(word).mod(PRIME);
        }
        byte[] text = ByteBuffer.allocate(before.length + name.length + after.length)
                .put(before)
                .put(name)
                .put(after)
                .array();
        assertThat(FieldNames.hash(text, before.length, before.length + name.length))
                .isEqualTo(expected.longValueExact());
    }

    @Test
    void namesMadeToCollideWithoutTheSecretAreDistinct() throws Exception {
        List<String> names = collidingByAPublicMultiplier();
        StringBuilder text = new StringBuilder("{\"" + names.get(0) + "\":1,\"" + names.get(1) + "\":2");
        assertThat(names.get(0)).isNotEqualTo(names.get(1));
        assertThat(readable(text + "}")).isTrue();
        for (int i = 0; i < 100; i++) {
            text.append(",\"field-").append(i).append("\":{}");
        }
        assertThat(readable(text + "}")).isTrue();
        assertThat(readable(text + ",\"" + names.get(0) + "\":3}")).isFalse();
    }

    private static boolean readable(String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        SyntaxLimits limits = Refusal.LIMITS;
        Object read = JsonPeer.read(JsonCursor.of(bytes, bytes.length, limits, Refusal.PROBLEMS));
        Object streamed = JsonPeer.read(JsonCursor.of(new ByteArrayInputStream(bytes), limits, Refusal.PROBLEMS));
        assertThat(streamed).isEqualTo(read);
        return !JsonPeer.MALFORMED.equals(read);
    }

    /** Two names of 16 letters with one hash, as the function without a key that was used before makes it. */
    private static List<String> collidingByAPublicMultiplier() {
        Random random = new Random(1);
        while (true) {
            byte[] one = letters(random, 16);
            byte[] other = letters(random, 8);
            long second = mix(16, word(one, 0)) ^ word(one, 8) ^ mix(16, word(other, 0));
            byte[] end = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(second)
                    .array();
            String name = new String(end, US_ASCII);
            if (name.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\')) {
                return List.of(new String(one, US_ASCII), new String(other, US_ASCII) + name);
            }
        }
    }

    private static byte[] letters(Random random, int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }

    private static long word(byte[] text, int from) {
        return ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).getLong(from);
    }

    private static long mix(long hash, long word) {
        long product = (hash ^ word) * 0x9E37_79B9_7F4A_7C15L;
        return product ^ product >>> 32;
    }
}
