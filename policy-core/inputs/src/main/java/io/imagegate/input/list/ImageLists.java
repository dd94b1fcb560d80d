package io.imagegate.input.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.ValueType;
import io.imagegate.wire.WireLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists of images, one a line, as they are or as JSON strings. A {@code #} at the start of a line or after a space begins
 * a comment; empty lines are skipped.
 */
public final class ImageLists implements Input {

    /** Longest line, in UTF-16 units; a reference is a few hundred. */
    private static final int LONGEST_LINE = 8_192;

    /** No reference has a colon at its end or before a space, and none begins like a document. */
    private static final Pattern DOCUMENT = Pattern.compile("[{\\[%].*|---.*|.*:(\\s.*)?");

    @Override
    public String name() {
        return "list";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return false;
    }

    /** Recognises a list by its first significant line. Binary files are none: the reader of manifests rejects them. */
    @Override
    public boolean recognises(InputFile file) throws IOException {
        if (file.isReplaceable() || !file.isNamed() || (file.path() != null && Manifests.areIn(file.path()))) {
            return false;
        }
        byte[] bytes = file.start();
        String start = new String(bytes, UTF_8);
        boolean binary = start.indexOf('\0') >= 0 || (bytes.length > 1 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B);
        return !binary && !isDocument(start);
    }

    private static boolean isDocument(String start) {
        return (start.startsWith("\uFEFF") ? start.substring(1) : start)
                .lines()
                .map(ImageLists::content)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .filter(line -> DOCUMENT.matcher(line).matches())
                .isPresent();
    }

    /** {@return the line without its comment and the spaces around} */
    private static String content(String line) {
        for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
            if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
                return line.substring(0, at).strip();
            }
        }
        return line.strip();
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException {
        Lines lines = new Lines(file.in());
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String content = content(lines.number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
                if (!content.isEmpty()) {
                    String image = content.startsWith("\"") ? decoded(content).orElse(content) : content;
                    found.object(InputObject.ofImage(file.name(), lines.number, image));
                }
            }
            if (lines.isTooLong) {
                found.problem(new InputException(
                        file.name(),
                        lines.number,
                        1,
                        "longer than " + LONGEST_LINE + " characters, expected an image on each line"));
            }
        } catch (CharacterCodingException otherText) {
            found.problem(
                    lines.number == 0
                            ? new InputException(file.name(), "expected text in UTF-8")
                            : new InputException(
                                    file.name(), lines.number, 1, "expected text in UTF-8 after this line"));
        }
    }

    /** {@return the content of a JSON string; empty if the text is not exactly one} */
    private static Optional<String> decoded(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        try {
            JsonCursor<IllegalArgumentException> cursor = JsonCursor.of(
                    bytes,
                    bytes.length,
                    WireLimits.DEFAULTS.text(),
                    (line, column, problem) -> new IllegalArgumentException(problem));
            if (!cursor.begin() || cursor.type() != ValueType.STRING) {
                return Optional.empty();
            }
            String value = cursor.scalar();
            return cursor.begin() ? Optional.empty() : Optional.of(value);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Reads lines up to one that is too long. */
    private static final class Lines {

        private final Reader text;
        private int number;
        private boolean isTooLong;

        Lines(InputStream content) {
            text = new BufferedReader(new InputStreamReader(content, UTF_8.newDecoder()));
        }

        /** {@return the next line; null at the end, or if it is too long} */
        @Nullable
        String next() throws IOException {
            int c = text.read();
            if (c < 0) {
                return null;
            }
            number++;
            StringBuilder line = new StringBuilder();
            for (; c >= 0 && c != '\n'; c = text.read()) {
                if (line.length() == LONGEST_LINE) {
                    isTooLong = true;
                    return null;
                }
                line.append((char) c);
            }
            return line.toString();
        }
    }
}
