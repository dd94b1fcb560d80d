package io.imagegate.input.edit;

import io.imagegate.input.InputException;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.syntax.TextSyntax;
import io.imagegate.wire.WireLimits;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens files in YAML or JSON, which is detected from their first bytes. */
public final class FileSyntax {

    /** A stream may have any number of texts. */
    public static final SyntaxLimits LIMITS = SyntaxLimits.builder(
                    WireLimits.DEFAULTS.stringChars(), WireLimits.DEFAULTS.nesting())
            .aliases(100_000)
            .build();

    private FileSyntax() {}

    /** {@return what makes the exceptions of a file} */
    public static SyntaxProblems<InputException> problems(String file) {
        return (line, column, problem) -> new InputException(file, line, column, problem);
    }

    /** Detects the syntax without consuming bytes, except a byte order mark before JSON. */
    public static TextSyntax of(String file, BufferedInputStream content) throws IOException, InputException {
        content.mark(TextSyntax.LOOKED_AT);
        byte[] start = content.readNBytes(TextSyntax.LOOKED_AT);
        content.reset();
        TextSyntax syntax = TextSyntax.of(start, problems(file));
        if (syntax == TextSyntax.JSON) {
            content.skipNBytes(TextSyntax.markBytes(start));
        }
        return syntax;
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
        return of(file, content) == TextSyntax.JSON
                ? JsonCursor.of(content, LIMITS, problems)
                : YamlCursor.of(content, dialect, LIMITS, problems);
    }

    /**
     * Opens a text as Helm and kustomize read it: what begins with a brace and is no JSON is YAML, which kubectl does not read.
     *
     * @param dialect what is read if it is YAML
     */
    public static DocumentCursor<InputException> openYaml(
            String file, byte[] content, YamlDialect dialect, SyntaxProblems<InputException> problems)
            throws InputException {
        try {
            BufferedInputStream in = in(content);
            return of(file, in) == TextSyntax.JSON && isJson(content)
                    ? JsonCursor.of(in, LIMITS, problems)
                    : YamlCursor.of(in(content), dialect, LIMITS, problems);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean isJson(byte[] content) throws IOException {
        BufferedInputStream in = in(content);
        in.skipNBytes(TextSyntax.markBytes(content));
        try {
            DocumentCursor<InputException> cursor = JsonCursor.of(in, LIMITS, problems(""));
            while (cursor.begin()) {
                cursor.skip();
            }
            return true;
        } catch (InputException malformed) {
            return false;
        }
    }

    private static BufferedInputStream in(byte[] content) {
        return new BufferedInputStream(new ByteArrayInputStream(content));
    }
}
