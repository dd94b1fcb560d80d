package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.util.List;
import java.util.Map;

/** An item of CBOR (RFC 8949) that is read by type. What is not as expected is refused, with its name. */
public final class Cbor {

    private final String what;
    private final Object value;

    /** An item with a tag. */
    record Tagged(long tag, Cbor content) {}

    Cbor(String what, Object value) {
        this.what = what;
        this.value = value;
    }

    /** Reads one item, after which nothing follows. */
    public static Cbor read(String what, byte[] data) {
        return new CborReader(what, data).only();
    }

    Object value() {
        return value;
    }

    /** {@return what a tag stands before} */
    public Cbor tagged(long tag) {
        if (value instanceof Tagged tagged && tagged.tag == tag) {
            return tagged.content;
        }
        throw wrong("an item with the tag " + tag);
    }

    /** {@return the items of a list} */
    @SuppressWarnings("unchecked") // the reader makes no other lists
    public List<Cbor> list() {
        if (value instanceof List<?> list) {
            return (List<Cbor>) list;
        }
        throw wrong("a list");
    }

    /** {@return whether this is a list} */
    public boolean isList() {
        return value instanceof List<?>;
    }

    /** {@return items by their keys, each a text or a {@link Long}} */
    @SuppressWarnings("unchecked") // the reader makes no other maps
    public Map<Object, Cbor> map() {
        if (value instanceof Map<?, ?> map) {
            return (Map<Object, Cbor>) map;
        }
        throw wrong("a map");
    }

    /** {@return the bytes of a byte string} */
    public byte[] bytes() {
        if (value instanceof Bytes bytes) {
            return bytes.array();
        }
        throw wrong("a byte string");
    }

    /** {@return a text} */
    public String text() {
        if (value instanceof String text) {
            return text;
        }
        throw wrong("a text");
    }

    /** {@return a whole number} */
    public long integer() {
        if (value instanceof Long number) {
            return number;
        }
        throw wrong("a whole number");
    }

    /** {@return a text, or a whole number in digits: labels are either} */
    public Object label() {
        if (value instanceof String || value instanceof Long) {
            return value;
        }
        throw wrong("a text or a whole number");
    }

    private Refusal wrong(String expected) {
        return Refusal.format(what + ": expected " + expected);
    }
}
