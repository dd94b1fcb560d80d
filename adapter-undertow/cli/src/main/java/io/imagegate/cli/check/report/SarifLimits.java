package io.imagegate.cli.check.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * Limits of GitHub's code scanning, which refuses files over them ("SARIF support for code scanning", "Validating your SARIF
 * file"): results, rules, and bytes when compressed with gzip. Not thread-safe.
 */
final class SarifLimits {

    /** Most rules of a run. */
    static final int MOST_RULES = 25_000;

    /** Longest name of a rule. */
    static final int LONGEST_NAME = 255;

    /** Longest description of a rule, and longest message. */
    static final int LONGEST_TEXT = 1_024;

    private static final int MOST_RESULTS = 25_000;

    /** Below 10 MB, with room for what follows the results. */
    private static final long LONGEST_FILE = 8_500_000;

    private final Deflater deflater = new Deflater();
    private final byte[] compressed = new byte[8_192];
    private long length;
    private int results;
    private long left;

    /** {@return a writer that passes on what is written, and measures it} */
    PrintWriter measured(PrintWriter out) {
        return new PrintWriter(new Writer() {
            @Override
            public void write(char[] chars, int offset, int count) {
                measure(new String(chars, offset, count));
                out.write(chars, offset, count);
            }

            @Override
            public void flush() {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        });
    }

    private void measure(String text) {
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        while (!deflater.needsInput()) {
            length += deflater.deflate(compressed);
        }
    }

    /** Frees memory outside of the heap. */
    void end() {
        deflater.end();
    }

    /** {@return whether another result may be written, which is counted} */
    boolean hasRoom() {
        if (left > 0 || results == MOST_RESULTS || length > LONGEST_FILE) {
            left++;
            return false;
        }
        results++;
        return true;
    }

    /** {@return how many results had no room} */
    long left() {
        return left;
    }
}
