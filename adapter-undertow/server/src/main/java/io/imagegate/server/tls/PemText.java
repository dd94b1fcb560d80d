package io.imagegate.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What a PEM file held when it was read, or why it could not be read.
 *
 * @param file the file
 * @param content its bytes, one character each; empty if it could not be read
 * @param problem why it could not be read, or null
 */
record PemText(Path file, String content, @Nullable String problem) {

    /** Many times a chain or a bundle of authorities, and as much as a Secret may hold. */
    private static final int LIMIT = 1 << 20;

    /** Reads a file, through symbolic links, of which Kubernetes makes its volumes. */
    static PemText read(Path file) {
        try {
            // Opening a pipe or a device could wait for ever.
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return unreadable(file, "expected a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LIMIT + 1);
                return bytes.length > LIMIT
                        ? unreadable(file, "expected at most " + LIMIT + " bytes")
                        : new PemText(file, new String(bytes, ISO_8859_1), null);
            }
        } catch (NoSuchFileException missing) {
            return unreadable(file, "no such file");
        } catch (IOException failed) {
            return unreadable(file, "cannot be read: " + failed.getMessage());
        }
    }

    private static PemText unreadable(Path file, String problem) {
        return new PemText(file, "", problem);
    }

    /** {@return the content} */
    String readable() {
        if (problem != null) {
            throw new TlsProblem(file + ": " + problem);
        }
        return content;
    }
}
