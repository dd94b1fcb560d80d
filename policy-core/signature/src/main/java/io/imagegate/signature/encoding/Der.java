package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;

/**
 * Reads the elements of a range of DER (ITU-T X.690) in order. What is not DER is refused: indefinite or padded lengths, tags
 * of several bytes, and bytes after the last element.
 */
public final class Der {

    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int UTF8_STRING = 0x0c;
    public static final int PRINTABLE_STRING = 0x13;
    public static final int IA5_STRING = 0x16;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private final String what;
    private final byte[] data;
    private final int end;
    private int at;

    public Der(String what, byte[] data, int start, int end) {
        this.what = what;
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /** Reads a text that is one element. */
    public static DerElement only(String what, byte[] data, int tag) {
        Der der = new Der(what, data, 0, data.length);
        DerElement element = der.next(tag);
        der.end();
        return element;
    }

    /** {@return the context-specific tag of a number: constructed, as explicit tags are} */
    public static int explicit(int number) {
        return 0xa0 | number;
    }

    /** {@return the context-specific tag of a number: primitive, as implicit tags of simple types are} */
    public static int implicit(int number) {
        return 0x80 | number;
    }

    public boolean hasNext() {
        return at < end;
    }

    /** {@return whether the next element has a tag} */
    public boolean isNext(int tag) {
        return at < end && (data[at] & 0xff) == tag;
    }

    public void end() {
        if (hasNext()) {
            throw malformed("more follows than was expected");
        }
    }

    public DerElement next(int tag) {
        if (!isNext(tag)) {
            throw malformed(
                    at < end
                            ? "expected tag " + Integer.toHexString(tag) + ", got "
                                    + Integer.toHexString(data[at] & 0xff)
                            : "expected tag " + Integer.toHexString(tag) + ", got the end");
        }
        return next();
    }

    public DerElement next() {
        int start = at;
        if ((byte0() & 0x1f) == 0x1f) {
            throw malformed("a tag has more than one byte");
        }
        int tag = data[at++] & 0xff;
        int length = length();
        if (length > end - at) {
            throw malformed("an element is longer than what holds it");
        }
        int value = at;
        at += length;
        return new DerElement(what, data, tag, start, value, at);
    }

    private int byte0() {
        if (at >= end) {
            throw malformed("it ends too early");
        }
        return data[at] & 0xff;
    }

    private int length() {
        int first = byte0();
        at++;
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7f;
        if (bytes < 1 || bytes > 3) {
            throw malformed("a length has " + bytes + " bytes");
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | byte0();
            at++;
        }
        if (length < 0x80 || (bytes > 1 && length >>> (8 * (bytes - 1)) == 0)) {
            throw malformed("a length is not as short as can be");
        }
        return length;
    }

    private Refusal malformed(String why) {
        return Refusal.format(what + " is not DER: " + why);
    }
}
