package io.imagegate.input.kubernetes;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Actions of templates in Go, Jinja and ERB. Where YAML expects a value or a name, no reader takes one: an object is no name, and
 * {@code %} begins nothing. So kubectl cannot read such a file either.
 */
public final class TemplateActions {

    /** What such a file is called where it is counted. */
    public static final String NAME = "template";

    /** Why it is not read. */
    public static final String WHY = "a template, which is no manifest: expected what is made of it";

    /** At the beginning of a value or a name; in a comment or a text it would be read. */
    private static final Pattern ACTION =
            Pattern.compile("^(?:\\s|- )*(?:(?:[\\w./-]+|\"[^\"]*\"|'[^']*'):\\s+)?(?:\\{\\{|\\{%|<%)");

    private static final List<String> ANYWHERE = List.of("{{", "{%", "<%");

    private static final int LOOKED_AT = 1 << 20;
    private static final int LONGEST_LINE = 1_024;

    private TemplateActions() {}

    /** {@return whether a regular file has an action, in whatever place} */
    public static boolean areIn(InputFile file) {
        Path path = file.path();
        if (path == null || !Files.isRegularFile(path)) {
            return false;
        }
        try {
            byte[] start = file.start();
            return areIn(start) || (start.length == InputFile.LOOKED_AT && areInLong(path));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean areInLong(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return areIn(in.readNBytes(LOOKED_AT));
        }
    }

    private static boolean areIn(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return ANYWHERE.stream().anyMatch(text::contains);
    }

    /** {@return whether a file cannot be read because of an action in the line of its problem, or in the last one before} */
    public static boolean explain(Path file, InputException problem) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            String before = "";
            for (int line = 1; line < problem.line(); line++) {
                String text = line(in);
                before = text.isBlank() ? before : text;
            }
            return ACTION.matcher(before).find() || ACTION.matcher(line(in)).find();
        }
    }

    /** {@return the beginning of a line, which is left whole behind; empty at the end} */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
