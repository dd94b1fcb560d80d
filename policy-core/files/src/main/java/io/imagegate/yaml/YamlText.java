package io.imagegate.yaml;

import java.io.IOException;
import java.io.Reader;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Limits the length of each value of a YAML text and refuses characters that YAML forbids; in files of other tools also
 * characters that end a line in YAML 1.1, which kubectl reads, but not in YAML 1.2, and single carriage returns, where both
 * differ about the end of a document. Not thread-safe.
 */
final class YamlText extends Reader {

    /** Largest number of characters from one value to the next; an API server stores objects of about 1.5 MiB. */
    static final int LIMIT = 4 << 20;

    private final Reader text;
    private final YamlDialect dialect;
    private int taken;
    private int line = 1;
    private int column = 1;
    private char before;

    /** A character that YAML forbids, or that kubectl and YAML 1.2 read differently. */
    static final class CharacterException extends YamlEngineException {

        private static final long serialVersionUID = 1L;

        /** Its line, from 1. */
        final int line;

        /** Its column, from 1; 1 for the end of a line. */
        final int column;

        CharacterException(int line, int column, String message) {
            super(message);
            this.line = line;
            this.column = column;
        }
    }

    YamlText(Reader text, YamlDialect dialect) {
        this.text = text;
        this.dialect = dialect;
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
        if (count < 0 && Character.isHighSurrogate(before)) {
            throw forbidden(before);
        }
        return count;
    }

    private void check(char c) {
        if (dialect != YamlDialect.CONFIGURATION) {
            checkLineBreak(c);
        }
        if (before == '\r' && c != '\n') {
            nextLine();
        }
        if (Character.isHighSurrogate(before) != Character.isLowSurrogate(c)) {
            throw forbidden(Character.isLowSurrogate(c) ? c : before);
        }
        if (!Character.isSurrogate(c) && !StreamReader.isPrintable(c)) {
            throw forbidden(c);
        }
        if (c == '\n') {
            nextLine();
        } else if (!Character.isHighSurrogate(c)) { // the low one counts
            column++;
        }
        before = c;
    }

    private void checkLineBreak(char c) {
        if (c == '\u0085' || c == '\u2028' || c == '\u2029') {
            throw new CharacterException(
                    line,
                    1,
                    String.format(
                            "%s a line at the character U+%04X: write it as an escape",
                            dialect == YamlDialect.MANIFEST ? "kubectl ends" : "some readers end", (int) c));
        }
        if (before == '\r' && c != '\n') {
            throw new CharacterException(
                    line, 1, "a carriage return without a line feed: expected both, or the latter alone");
        }
    }

    private void nextLine() {
        line++;
        column = 1;
    }

    private CharacterException forbidden(char c) {
        return new CharacterException(line, column, YamlMessage.forbidden(c));
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
