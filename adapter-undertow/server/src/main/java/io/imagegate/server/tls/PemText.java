package io.imagegate.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content of a PEM file, or why it could not be read.
 *
 * @param file the file
 * @param content its bytes, one character each; empty if it could not be read
 * @param problem why it could not be read, or null
 */
record PemText(Path file, String content, @Nullable String problem) {

    /** Reads a file. */
    static PemText read(Path file) {
        try {
            return new PemText(file, new String(RegularFile.read(file), ISO_8859_1), null);
        } catch (IOException failed) {
            return new PemText(file, "", failed.getMessage());
        }
    }

    /** {@return the content} */
    String readable() {
        if (problem != null) {
            throw new TlsProblem(file + ": " + problem);
        }
        return content;
    }
}
