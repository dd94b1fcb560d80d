package io.imagegate.input.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.syntax.TextSyntax;
import io.imagegate.yaml.SameYaml;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Replaces texts in the content of a file, and leaves everything else as it is. */
public final class ReplacedText {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ReplacedText() {}

    /**
     * {@return the new content}
     *
     * @param file name of the file, for messages
     * @param content its content
     * @param replacements new texts by the offsets of those before
     * @throws InputException if a text has a form that cannot be replaced, or something else would change
     */
    public static byte[] of(String file, byte[] content, SortedMap<Integer, ScalarReplacement> replacements)
            throws InputException {
        TextSyntax syntax = syntax(file, content);
        byte[] changed = changed(file, content, syntax == TextSyntax.JSON ? ISO_8859_1 : UTF_8, replacements);
        if (syntax == TextSyntax.YAML) {
            Map<Integer, Integer> counts = new HashMap<>();
            replacements.forEach((offset, replacement) ->
                    counts.put(replacement.scalar(), replacement.scalar() == offset ? replacement.images() : 1));
            new SameYaml<>(content, changed, FileSyntax.LIMITS, FileSyntax.problems(file)).require(counts);
        }
        return changed;
    }

    /**
     * {@return the new content of a text of any syntax; what else would change is not looked at}
     *
     * @param file name of the file, for messages
     * @param content its content
     * @param replacements new texts by the offsets of those before
     * @throws InputException if a text does not stand at its offset
     */
    static byte[] ofPlain(String file, byte[] content, SortedMap<Integer, ScalarReplacement> replacements)
            throws InputException {
        return changed(file, content, UTF_8, replacements);
    }

    private static TextSyntax syntax(String file, byte[] content) throws InputException {
        try {
            return FileSyntax.of(file, new BufferedInputStream(new ByteArrayInputStream(content)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] changed(
            String file, byte[] content, Charset charset, SortedMap<Integer, ScalarReplacement> replacements)
            throws InputException {
        // Offsets begin after the mark. Those of JSON count bytes, each of which is one character here.
        int start = Arrays.mismatch(content, MARK) >= MARK.length || Arrays.equals(content, MARK) ? MARK.length : 0;
        String text = new String(content, start, content.length - start, charset);
        StringBuilder changed = new StringBuilder(text.length() + 80 * replacements.size());
        int copied = 0;
        int points = 0;
        int at = 0;
        for (Map.Entry<Integer, ScalarReplacement> entry : replacements.entrySet()) {
            at = text.offsetByCodePoints(at, entry.getKey() - points);
            points = entry.getKey();
            ImageScalar scalar = ImageScalar.at(text, at, entry.getValue().before());
            if (scalar == null) {
                throw new InputException(
                        file,
                        entry.getValue().line(),
                        1,
                        "this form of the image cannot be replaced: write it on one line");
            }
            changed.append(text, copied, scalar.start()).append(entry.getValue().after());
            copied = scalar.end();
        }
        changed.append(text, copied, text.length());
        byte[] body = changed.toString().getBytes(charset);
        byte[] whole = Arrays.copyOf(content, start + body.length);
        System.arraycopy(body, 0, whole, start, body.length);
        return whole;
    }
}
