package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one item of CBOR (RFC 8949) that is written in the only short way: definite lengths, numbers as short as can be, keys
 * that are texts or numbers and come once, texts in UTF-8. Depth and number of items are limited.
 */
final class CborReader {

    private static final int DEPTH = 16;
    private static final int ITEMS = 10_000;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTE_STRING = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    /** A value without any use here: a truth value, nothing, or a number with a point. */
    private static final Object OTHER = new Object();

    private final String what;
    private final byte[] data;
    private int at;
    private int items;

    CborReader(String what, byte[] data) {
        this.what = what;
        this.data = data;
    }

    Cbor only() {
        Cbor item = item(0);
        if (at < data.length) {
            throw malformed("more follows than was expected");
        }
        return item;
    }

    private Cbor item(int depth) {
        if (depth > DEPTH || ++items > ITEMS) {
            throw Refusal.undecidable(
                    what + " is nested more than " + DEPTH + " deep, or has more than " + ITEMS + " items");
        }
        int first = next();
        int type = first >>> 5;
        int info = first & 0x1f;
        return new Cbor(
                what,
                switch (type) {
                    case UNSIGNED -> argument(info);
                    case NEGATIVE -> -1 - argument(info);
                    case BYTE_STRING -> Bytes.of(take(length(info)));
                    case TEXT -> text(take(length(info)));
                    case LIST -> list(length(info), depth);
                    case MAP -> map(length(info), depth);
                    case TAG -> new Cbor.Tagged(argument(info), item(depth + 1));
                    default -> other(info);
                });
    }

    private int next() {
        if (at == data.length) {
            throw malformed("it ends too early");
        }
        return data[at++] & 0xff;
    }

    /** The number of an item: itself, or a length. */
    private long argument(int info) {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw malformed("a length is not definite");
        }
        int bytes = 1 << (info - 24);
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | next();
        }
        boolean shortest = bytes == 1 ? number >= 24 : number >>> (4 * bytes) != 0;
        if (number < 0 || !shortest) {
            throw malformed("a number is too large, or not as short as can be");
        }
        return number;
    }

    /** What is announced must be there, each item with one byte at least. */
    private int length(int info) {
        long length = argument(info);
        if (length > data.length - at) {
            throw malformed("an item is longer than what holds it");
        }
        return (int) length;
    }

    private byte[] take(int length) {
        at += length;
        return Arrays.copyOfRange(data, at - length, at);
    }

    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    private List<Cbor> list(int length, int depth) {
        List<Cbor> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(item(depth + 1));
        }
        return list;
    }

    private Map<Object, Cbor> map(int length, int depth) {
        Map<Object, Cbor> map = new LinkedHashMap<>();
        for (int i = 0; i < length; i++) {
            Object key = item(depth + 1).label();
            if (map.put(key, item(depth + 1)) != null) {
                throw malformed("a key comes twice: " + Refusal.shown(String.valueOf(key)));
            }
        }
        return map;
    }

    private Object other(int info) {
        boolean simple = info >= 20 && info <= 22;
        boolean number = info >= 25 && info <= 27;
        if (!simple && !number) {
            throw malformed("an item is of an unknown kind");
        }
        int length = number ? 1 << (info - 24) : 0;
        if (length > data.length - at) {
            throw malformed("it ends too early");
        }
        at += length;
        return OTHER;
    }

    private Refusal malformed(String why) {
        return Refusal.format(what + " is not CBOR in its short form: " + why);
    }
}
