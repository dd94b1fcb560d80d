package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;

/** One element of DER: a tag and a value, at its place in the bytes. */
public final class DerElement {

    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    /** Certificates have two digits of a year from 1950 to 2049. */
    private static final DateTimeFormatter SHORT = new DateTimeFormatterBuilder()
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1950)
            .appendPattern("MMddHHmmss")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int LONGEST_OID = 64;

    /** Bytes of a part whose number fits into 64 bits; nearly all do. */
    private static final int SHORT_PART = 9;

    /** What the first two parts of an identifier that begins with 2 add to their number. */
    private static final BigInteger FIRST = BigInteger.valueOf(80);

    private final String what;
    private final byte[] data;
    private final int tag;
    private final int start;
    private final int value;
    private final int end;

    DerElement(String what, byte[] data, int tag, int start, int value, int end) {
        this.what = what;
        this.data = data;
        this.tag = tag;
        this.start = start;
        this.value = value;
        this.end = end;
    }

    public int tag() {
        return tag;
    }

    public Der inside() {
        return new Der(what, data, value, end);
    }

    public byte[] value() {
        return Arrays.copyOfRange(data, value, end);
    }

    /** {@return the place of its first byte in what it was read from} */
    public int start() {
        return start;
    }

    /** {@return tag, length and value} */
    public byte[] encoded() {
        return Arrays.copyOfRange(data, start, end);
    }

    public boolean bool() {
        if (end - value != 1 || (data[value] != 0 && data[value] != -1)) {
            throw malformed("a truth value is neither 00 nor ff");
        }
        return data[value] != 0;
    }

    public BigInteger integer() {
        requireShortest();
        return new BigInteger(data, value, end - value);
    }

    /** {@return the bytes of a number} A number has one form, so equal numbers have equal bytes. */
    public byte[] integerBytes() {
        requireShortest();
        return value();
    }

    private void requireShortest() {
        int length = end - value;
        boolean padded = length > 1
                && ((data[value] == 0 && data[value + 1] >= 0) || (data[value] == -1 && data[value + 1] < 0));
        if (length == 0 || padded) {
            throw malformed("a number is not as short as can be");
        }
    }

    /** {@return a number of one byte, such as a version} */
    public int small() {
        BigInteger number = integer();
        if (number.signum() < 0 || number.bitLength() > 7) {
            throw malformed("a number is larger than was expected");
        }
        return number.intValue();
    }

    /** {@return the bytes of a bit string of whole bytes} */
    public byte[] bits() {
        if (end == value || data[value] != 0) {
            throw malformed("a bit string does not consist of whole bytes");
        }
        return Arrays.copyOfRange(data, value + 1, end);
    }

    /** {@return whether a bit of a bit string is set, counted from the left} */
    public boolean bit(int index) {
        int unused = end == value ? 8 : data[value];
        if (unused < 0 || unused > 7) {
            throw malformed("a bit string has no count of unused bits");
        }
        int at = value + 1 + index / 8;
        return at < end && (data[at] >>> (7 - index % 8) & 1) == 1;
    }

    public String oid() {
        if (end == value || end - value > LONGEST_OID || data[end - 1] < 0) {
            throw malformed("an object identifier ends in the middle");
        }
        StringBuilder text = new StringBuilder(3 * (end - value) + 1);
        int from = value;
        for (int i = value; i < end; i++) {
            if (i == from && data[i] == (byte) 0x80) {
                throw malformed("an object identifier is not as short as can be");
            }
            if (data[i] >= 0) {
                append(text, from, i + 1);
                from = i + 1;
            }
        }
        return text.toString();
    }

    /** Appends a number of seven bits a byte; the first two parts of an identifier share one. */
    private void append(StringBuilder text, int from, int to) {
        if (to - from > SHORT_PART) {
            BigInteger number = BigInteger.ZERO;
            for (int i = from; i < to; i++) {
                number = number.shiftLeft(7).or(BigInteger.valueOf(data[i] & 0x7f));
            }
            text.append(from == value ? "2." : ".").append(from == value ? number.subtract(FIRST) : number);
            return;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 7 | (data[i] & 0x7f);
        }
        long root = Math.min(2, number / 40);
        if (from == value) {
            text.append(root).append('.').append(number - 40 * root);
        } else {
            text.append('.').append(number);
        }
    }

    /** {@return text of UTF-8, of which the other kinds of text that certificates use are parts} */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, value, end - value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    /** {@return a time of UTC; one with a long year may have fractions of a second} */
    public Instant time() {
        String text = text();
        int digits = tag == Der.UTC_TIME ? 12 : 14;
        if (text.length() <= digits || !text.endsWith("Z")) {
            throw malformed("a time is not one of UTC");
        }
        String fraction = text.substring(digits, text.length() - 1);
        boolean plain = fraction.isEmpty() || (digits == 14 && fraction.matches("\\.[0-9]{0,8}[1-9]"));
        if (!plain) {
            throw malformed("a time is not written in whole seconds or a short fraction");
        }
        try {
            long nanos = fraction.isEmpty()
                    ? 0
                    : new BigDecimal("0" + fraction).movePointRight(9).longValueExact();
            return LocalDateTime.parse(text.substring(0, digits), digits == 12 ? SHORT : LONG)
                    .plusNanos(nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw malformed("a time does not exist");
        }
    }

    private Refusal malformed(String why) {
        return Refusal.format(what + " is not DER: " + why);
    }
}
