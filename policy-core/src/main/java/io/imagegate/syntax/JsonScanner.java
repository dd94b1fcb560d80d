package io.imagegate.syntax;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Skips strings, numbers and literals (RFC 8259) and fully checks them, eight bytes at a time where possible. Not
 * thread-safe.
 */
final class JsonScanner<X extends Exception> {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private final JsonInput<X> in;
    private final int maxNumber;

    JsonScanner(JsonInput<X> in, int maxNumber) {
        this.in = in;
        this.maxNumber = maxNumber;
    }

    /** Skips a string after its opening quote; true if it has escapes. */
    boolean string() throws X {
        boolean escaped = false;
        for (int c = plain(); c != '"'; c = plain()) {
            if (c == '\\') {
                escape();
                escaped = true;
            } else if (c >= 0x80) {
                characters();
            } else if (c < 0) {
                throw in.malformed("the text ends within a string");
            } else {
                throw in.malformed("control character in a string, expected an escape");
            }
        }
        in.at++;
        return escaped;
    }

    /** Moves to the next byte that is not plain ASCII text; -1 at the end. */
    private int plain() throws X {
        do {
            byte[] b = in.bytes;
            int end = in.end;
            int p = in.at;
            while (p <= end - Long.BYTES) {
                long special = special((long) WORD.get(b, p));
                if (special != 0) {
                    p += Long.numberOfTrailingZeros(special) >>> 3;
                    in.at = p;
                    return b[p] & 0xff;
                }
                p += Long.BYTES;
            }
            for (; p < end; p++) {
                int c = b[p];
                if (c < ' ' || c == '"' || c == '\\') {
                    in.at = p;
                    return c & 0xff;
                }
            }
            in.at = end;
        } while (in.more());
        return -1;
    }

    /**
     * Sets the high bits of bytes that are not plain text: not ASCII, a control character, a quote or a backslash. Only
     * the lowest set bit is exact; borrows may set others above it.
     */
    private static long special(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        return (word | (word - SPACES) | (quote - ONES) | (backslash - ONES)) & HIGHS;
    }

    private void escape() throws X {
        in.at++;
        switch (in.peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> in.at++;
            case 'u' -> {
                in.at++;
                for (int i = 0; i < 4; i++) {
                    if (Character.digit(in.peek(), 16) < 0) {
                        throw in.malformed("expected four hexadecimal digits after \\u");
                    }
                    in.at++;
                }
            }
            default -> throw in.malformed("expected one of \"\\/bfnrtu after a backslash");
        }
    }

    private void characters() throws X {
        for (int c = in.peek(); c >= 0x80; c = in.peek()) {
            character(c);
        }
    }

    /**
     * Skips one character of two to four bytes and checks that it has the shortest form, is no surrogate and is at most
     * U+10FFFF.
     */
    private void character(int first) throws X {
        in.at++;
        int second = in.peek();
        int low = 0x80;
        int high = 0xBF;
        switch (first) {
            case 0xE0 -> low = 0xA0;
            case 0xED -> high = 0x9F;
            case 0xF0 -> low = 0x90;
            case 0xF4 -> high = 0x8F;
            default -> {}
        }
        if (first < 0xC2 || first > 0xF4 || second < low || second > high) {
            throw in.malformed("invalid UTF-8");
        }
        in.at++;
        for (int more = first < 0xE0 ? 0 : first < 0xF0 ? 1 : 2; more > 0; more--) {
            if ((in.peek() & 0xC0) != 0x80 || in.peek() < 0) {
                throw in.malformed("invalid UTF-8");
            }
            in.at++;
        }
    }

    /** Skips a number. */
    void number() throws X {
        long start = in.position();
        if (in.peek() == '-') {
            in.at++;
        }
        if (in.peek() == '0') {
            in.at++;
        } else {
            digits();
        }
        if (in.peek() == '.') {
            in.at++;
            digits();
        }
        if (in.peek() == 'e' || in.peek() == 'E') {
            in.at++;
            if (in.peek() == '+' || in.peek() == '-') {
                in.at++;
            }
            digits();
        }
        if (in.position() - start > maxNumber) {
            throw in.overLimit("expected a number of " + maxNumber + " digits at most");
        }
    }

    private void digits() throws X {
        if (!isDigit(in.peek())) {
            throw in.malformed("expected a digit");
        }
        while (isDigit(in.peek())) {
            in.at++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Skips {@code true}, {@code false} or {@code null}. */
    void literal(String literal) throws X {
        for (int i = 0; i < literal.length(); i++) {
            if (in.peek() != literal.charAt(i)) {
                throw in.malformed("unexpected character, expected " + literal);
            }
            in.at++;
        }
    }

    /** Skips a string, number or literal that starts with the given next byte. */
    void scalar(int first) throws X {
        switch (first) {
            case '"' -> {
                in.at++;
                string();
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case -1 -> throw in.malformed("the text ends where a value was expected");
            default -> throw in.malformed("unexpected character, expected a value");
        }
    }
}
