package io.imagegate.server.check;

import io.imagegate.server.log.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads images, one a line, as they are or as JSON strings. A {@code #} at the start of a line or after a space begins
 * a comment; empty lines are skipped. Not thread-safe.
 */
final class ImageList {

    /** Longest line, in UTF-16 units; a reference is a few hundred. */
    static final int LONGEST_LINE = 8_192;

    /** Thrown for a line that is too long for an image; the message has its number. */
    static final class LineTooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        private LineTooLongException(String message) {
            super(message);
        }
    }

    private final Reader text;
    private int line;

    ImageList(InputStream content) {
        text = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()));
    }

    /** {@return the line without its comment and the spaces around} */
    static String content(String line) {
        for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
            if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
                return line.substring(0, at).strip();
            }
        }
        return line.strip();
    }

    /**
     * {@return the next image, or null after the last}
     *
     * @throws java.nio.charset.CharacterCodingException if the text is not UTF-8
     * @throws LineTooLongException if a line is too long
     */
    @Nullable
    String next() throws IOException {
        for (String read = readLine(); read != null; read = readLine()) {
            String content = content(line == 1 && read.startsWith("\uFEFF") ? read.substring(1) : read);
            if (!content.isEmpty()) {
                return content.startsWith("\"") ? JsonLine.decode(content).orElse(content) : content;
            }
        }
        return null;
    }

    /** {@return the number of the line that was read last} */
    int line() {
        return line;
    }

    private @Nullable String readLine() throws IOException {
        int c = text.read();
        if (c < 0) {
            return null;
        }
        line++;
        StringBuilder read = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = text.read()) {
            if (read.length() == LONGEST_LINE) {
                throw new LineTooLongException("line " + line + " is longer than " + LONGEST_LINE
                        + " characters, expected an image on each line");
            }
            read.append((char) c);
        }
        return read.toString();
    }
}
