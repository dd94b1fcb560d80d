package io.imagegate.syntax;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes JSON texts (RFC 8259), on one line in UTF-8. A writer ends what it begins, and gives each field one name and one value. Not
 * thread-safe.
 *
 * @since 0.1
 */
public final class JsonOutput {

    private static final byte[] NONE = {};
    private static final String HEX = "0123456789ABCDEF";

    private byte[] bytes;
    /** May be more than there is room for. */
    private int size;
    /** Whether a comma stands before the next name or element. */
    private boolean follows;

    private JsonOutput(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes a text. If it has more bytes than there is room for, it is written again, into an array of its length.
     *
     * @param room number of bytes that most texts of this kind have; 0 to count the bytes first, so that there is no array but the result
     * @param writer writes the text, each time the same
     * @return the text
     */
    public static byte[] encode(int room, Consumer<JsonOutput> writer) {
        JsonOutput text = new JsonOutput(room == 0 ? NONE : new byte[room]);
        writer.accept(text);
        while (text.size > text.bytes.length) {
            text.bytes = new byte[text.size];
            text.size = 0;
            text.follows = false;
            writer.accept(text);
        }
        return text.size == text.bytes.length ? text.bytes : Arrays.copyOf(text.bytes, text.size);
    }

    /**
     * Begins an object.
     *
     * @return this
     */
    public JsonOutput beginObject() {
        return begin('{');
    }

    /**
     * Ends an object.
     *
     * @return this
     */
    public JsonOutput endObject() {
        return end('}');
    }

    /**
     * Begins an array.
     *
     * @return this
     */
    public JsonOutput beginArray() {
        return begin('[');
    }

    /**
     * Ends an array.
     *
     * @return this
     */
    public JsonOutput endArray() {
        return end(']');
    }

    /**
     * Writes the name of a field, whose value comes next.
     *
     * @param name the name, which needs no escapes
     * @return this
     */
    public JsonOutput name(String name) {
        separate();
        put('"');
        ascii(name, 0, name.length());
        put('"');
        put(':');
        follows = false;
        return this;
    }

    /**
     * Writes a string. Half a character, which UTF-8 cannot encode, is escaped.
     *
     * @param text any text
     * @return this
     */
    public JsonOutput string(String text) {
        separate();
        put('"');
        int length = text.length();
        for (int i = plain(text, 0); i < length; i = plain(text, i + 1)) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escape(c);
            } else if (!Character.isSurrogate(c)) {
                character(c);
            } else if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                character(text.codePointAt(i));
                i++;
            } else {
                unicode(c);
            }
        }
        put('"');
        return this;
    }

    /** Writes characters that are one byte each, and returns the position of the first that is not. */
    private int plain(String text, int from) {
        int length = text.length();
        int end = from;
        while (end < length && isPlain(text.charAt(end))) {
            end++;
        }
        ascii(text, from, end);
        return end;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    @SuppressWarnings("deprecation") // Of ASCII it copies what UTF-8 has, and makes no array.
    private void ascii(String text, int from, int end) {
        if (size + (end - from) <= bytes.length) {
            text.getBytes(from, end, bytes, size);
        }
        size += end - from;
    }

    /**
     * Writes a field with a string.
     *
     * @param name the name
     * @param text any text
     * @return this
     */
    public JsonOutput field(String name, String text) {
        return name(name).string(text);
    }

    /**
     * Writes a field with true or false.
     *
     * @param name the name
     * @param value the value
     * @return this
     */
    public JsonOutput field(String name, boolean value) {
        return name(name).plain(value ? "true" : "false");
    }

    /**
     * Writes a field with a number.
     *
     * @param name the name
     * @param value the value
     * @return this
     */
    public JsonOutput field(String name, long value) {
        return name(name).plain(Long.toString(value));
    }

    private JsonOutput begin(char bracket) {
        separate();
        put(bracket);
        follows = false;
        return this;
    }

    private JsonOutput end(char bracket) {
        put(bracket);
        follows = true;
        return this;
    }

    private JsonOutput plain(String value) {
        separate();
        ascii(value, 0, value.length());
        return this;
    }

    private void separate() {
        if (follows) {
            put(',');
        }
        follows = true;
    }

    private void escape(char c) {
        switch (c) {
            case '\b' -> escaped('b');
            case '\f' -> escaped('f');
            case '\n' -> escaped('n');
            case '\r' -> escaped('r');
            case '\t' -> escaped('t');
            case '"', '\\' -> escaped(c);
            default -> unicode(c);
        }
    }

    private void escaped(char c) {
        put('\\');
        put(c);
    }

    private void unicode(char c) {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX.charAt((c >> shift) & 0xF));
        }
    }

    private void character(int codePoint) {
        if (codePoint < 0x800) {
            put(0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                put(0xE0 | (codePoint >> 12));
            } else {
                put(0xF0 | (codePoint >> 18));
                put(0x80 | ((codePoint >> 12) & 0x3F));
            }
            put(0x80 | ((codePoint >> 6) & 0x3F));
        }
        put(0x80 | (codePoint & 0x3F));
    }

    private void put(int one) {
        if (size < bytes.length) {
            bytes[size] = (byte) one;
        }
        size++;
    }
}
