package io.imagegate.document;

import java.io.IOException;
import java.io.Reader;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Lets through as much text as one value of a manifest may take, and then no more. Not thread-safe. */
final class LimitedText extends Reader {

    /** Most characters from one value to the next; an API server stores objects of about 1.5 MiB. */
    static final int LIMIT = 4 << 20;

    private final Reader text;
    private int taken;

    LimitedText(Reader text) {
        this.text = text;
    }

    /** A value begins. */
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
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
