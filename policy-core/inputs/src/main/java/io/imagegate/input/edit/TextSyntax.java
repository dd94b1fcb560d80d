package io.imagegate.input.edit;

import io.imagegate.input.InputException;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.wire.WireLimits;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.io.BufferedInputStream;
import java.io.IOException;

/** Syntax of a text in YAML or JSON, detected from its first bytes. */
public enum TextSyntax {
    JSON,
    YAML;

    /** A stream may have any number of texts. */
    public static final SyntaxLimits LIMITS = SyntaxLimits.builder(
                    WireLimits.DEFAULTS.stringChars(), WireLimits.DEFAULTS.nesting())
            .aliases(100_000)
            .build();

    private static final int LOOKED_AT = 8_192;

    /** {@return what makes the exceptions of a file} */
    public static SyntaxProblems<InputException> problems(String file) {
        return (line, column, problem) -> new InputException(file, line, column, problem);
    }

    /** Detects the syntax without consuming bytes, except a byte order mark before JSON. */
    public static TextSyntax of(String file, BufferedInputStream content) throws IOException, InputException {
        content.mark(LOOKED_AT);
        byte[] start = content.readNBytes(LOOKED_AT);
        content.reset();
        requireText(file, start);
        boolean mark = begins(start, 0xEF, 0xBB, 0xBF);
        int at = mark ? 3 : 0;
        while (at < start.length && Character.isWhitespace(start[at])) {
            at++;
        }
        // kubectl also reads text that starts with a brace as JSON.
        boolean json = at < start.length && (start[at] == '{' || start[at] == '[');
        if (json && mark) {
            content.skipNBytes(3);
        }
        return json ? JSON : YAML;
    }

    /** Opens a text of manifests in the syntax that it has. */
    public static DocumentCursor<InputException> open(
            String file, BufferedInputStream content, SyntaxProblems<InputException> problems)
            throws IOException, InputException {
        return open(file, content, YamlDialect.MANIFEST, problems);
    }

    /**
     * Opens a text in the syntax that it has.
     *
     * @param dialect what is read if that is YAML
     */
    public static DocumentCursor<InputException> open(
            String file, BufferedInputStream content, YamlDialect dialect, SyntaxProblems<InputException> problems)
            throws IOException, InputException {
        return of(file, content) == JSON
                ? JsonCursor.of(content, LIMITS, problems)
                : YamlCursor.of(content, dialect, LIMITS, problems);
    }

    private static void requireText(String file, byte[] start) throws InputException {
        if (begins(start, 0x1F, 0x8B)) {
            throw new InputException(file, 1, 1, "compressed by gzip: expected text; unpack it first");
        }
        if (begins(start, 0xFE, 0xFF) || begins(start, 0xFF, 0xFE)) {
            throw new InputException(file, 1, 1, "text in UTF-16: expected UTF-8");
        }
        for (byte b : start) {
            if (b == 0) {
                throw new InputException(file, 1, 1, "binary data or text in UTF-16: expected text in UTF-8");
            }
        }
    }

    private static boolean begins(byte[] start, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i == start.length || (start[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
