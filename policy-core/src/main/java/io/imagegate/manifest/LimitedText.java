package io.imagegate.manifest;

import java.io.IOException;
import java.io.Reader;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Limits the length of each value of a manifest. Refuses characters that end a line in YAML 1.1, which kubectl reads,
 * but not in YAML 1.2, and single carriage returns, where both differ about the end of a document. Not thread-safe.
 */
final class LimitedText extends Reader {

    /** Largest number of characters from one value to the next; an API server stores objects of about 1.5 MiB. */
    static final int LIMIT = 4 << 20;

    private final Reader text;
    private int taken;
    private int line = 1;
    private char before;

    /** A character that kubectl and YAML 1.2 read differently. */
    static final class LineBreakException extends YamlEngineException {

        private static final long serialVersionUID = 1L;

        /** Its line, from 1. */
        final int line;

        LineBreakException(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    LimitedText(Reader text) {
        this.text = text;
    }

    /** A value starts. */
    void begin() {
        taken = 0;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        if (taken > LIMIT) {
            throw new YamlEngineException("a value is too long: expected " + LIMIT + " characters at most");
        }
        int count = text.read(into, from, length);
        taken += Math.max(0, count);
        for (int i = from; i < from + count; i++) {
            check(into[i]);
        }
        return count;
    }

    private void check(char c) {
        if (c == '\u0085' || c == '\u2028' || c == '\u2029') {
            throw new LineBreakException(
                    line, String.format("kubectl ends a line at the character U+%04X: write it as an escape", (int) c));
        }
        if (before == '\r' && c != '\n') {
            throw new LineBreakException(
                    line, "a carriage return without a line feed: expected both, or the latter alone");
        }
        line += c == '\n' ? 1 : 0;
        before = c;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
