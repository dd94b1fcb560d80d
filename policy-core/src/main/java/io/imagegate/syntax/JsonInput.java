package io.imagegate.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a JSON text: all of them, or a window that moves over a stream. Methods that move the window invalidate all
 * positions except the mark. Not thread-safe.
 */
final class JsonInput<X extends Exception> {

    /** Most texts are short. */
    private static final int FIRST_WINDOW = 1 << 11;

    private static final int WINDOW = 1 << 16;
    private static final int NO_MARK = -1;

    final SyntaxProblems<X> problems;
    byte[] bytes;
    /** Position of the next byte. */
    int at;
    /** End of the bytes in the window. */
    int end;
    /** Line and column of the last {@link #locate located} byte, from 1. */
    int line = 1;

    int column = 1;
    /** Position of that byte in the text, from 0; -1 if there is none. */
    int offset = -1;

    private final @Nullable InputStream source;
    private final int maxWindow;
    private int mark = NO_MARK;
    private int lines = 1;
    /** Offset of the window in the text, and of the line in the text. */
    private long windowOffset;

    private long lineOffset;

    private JsonInput(byte[] bytes, int end, @Nullable InputStream source, int maxWindow, SyntaxProblems<X> problems) {
        this.bytes = bytes;
        this.end = end;
        this.source = source;
        this.maxWindow = maxWindow;
        this.problems = problems;
    }

    static <X extends Exception> JsonInput<X> of(byte[] text, int length, SyntaxProblems<X> problems) {
        return new JsonInput<>(text, length, null, 0, problems);
    }

    /** Reads a stream. The text between the mark and the cursor may be as long as the limit. */
    static <X extends Exception> JsonInput<X> of(InputStream text, int maxMarked, SyntaxProblems<X> problems) {
        return new JsonInput<>(new byte[FIRST_WINDOW], 0, text, Math.max(maxMarked, WINDOW), problems);
    }

    /** Makes the next byte the located one. */
    void locate() {
        line = lines;
        column = column();
        offset = (int) Math.min(Integer.MAX_VALUE, windowOffset + at);
    }

    private int column() {
        return (int) Math.min(Integer.MAX_VALUE, windowOffset + at - lineOffset + 1);
    }

    /** Sets the mark at the next byte. Bytes from the mark on stay in the window. */
    void mark() {
        mark = at;
    }

    /** Returns the position of the mark and removes it. */
    int takeMark() {
        int marked = mark;
        mark = NO_MARK;
        return marked;
    }

    /** Returns the next byte without consuming it; -1 at the end. */
    int peek() throws X {
        return at < end || more() ? bytes[at] & 0xff : -1;
    }

    /** Skips white space and returns the next byte without consuming it; -1 at the end. */
    int token() throws X {
        // Objects of the API server come without white space.
        return at < end && bytes[at] > ' ' ? bytes[at] : tokenBehindSpace();
    }

    private int tokenBehindSpace() throws X {
        do {
            byte[] b = bytes;
            int stop = end;
            for (int p = at; p < stop; p++) {
                int c = b[p];
                if (c == '\n') {
                    lines++;
                    lineOffset = windowOffset + p + 1;
                } else if (c != ' ' && c != '\t' && c != '\r') {
                    at = p;
                    return c & 0xff;
                }
            }
            at = stop;
        } while (more());
        return -1;
    }

    /** Returns the type of the value that starts at the next token. */
    ValueType type() throws X {
        return switch (token()) {
            case '{' -> ValueType.OBJECT;
            case '[' -> ValueType.ARRAY;
            case '"' -> ValueType.STRING;
            case 't', 'f' -> ValueType.BOOLEAN;
            case 'n' -> ValueType.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> ValueType.NUMBER;
            case -1 -> throw malformed("the text ends where a value was expected");
            default -> throw malformed("unexpected character, expected a value");
        };
    }

    /** Reads more bytes into the window; false at the end of the text. */
    boolean more() throws X {
        if (source == null) {
            return false;
        }
        move();
        try {
            int count = source.read(bytes, end, bytes.length - end);
            end += Math.max(0, count);
            return count > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void move() throws X {
        if (end == bytes.length && end < WINDOW) {
            bytes = Arrays.copyOf(bytes, WINDOW);
        }
        int keep = mark == NO_MARK ? at : mark;
        if (keep > 0) {
            System.arraycopy(bytes, keep, bytes, 0, end - keep);
            windowOffset += keep;
            at -= keep;
            end -= keep;
            mark = mark == NO_MARK ? NO_MARK : 0;
        }
        if (end == bytes.length) {
            if (end >= maxWindow) {
                throw overLimit("text too long: expected " + maxWindow + " bytes at most");
            }
            bytes = Arrays.copyOf(bytes, Math.min(maxWindow, 2 * end));
        }
    }

    boolean isStream() {
        return source != null;
    }

    /** {@return the position of the next byte in the text} */
    long position() {
        return windowOffset + at;
    }

    /** Makes an exception for the next byte, which is over a limit. */
    X overLimit(String problem) {
        return problems.overLimit(lines, column(), problem);
    }

    /** Makes an exception for the next byte. */
    X malformed(String problem) {
        return problems.at(lines, column(), problem);
    }
}
