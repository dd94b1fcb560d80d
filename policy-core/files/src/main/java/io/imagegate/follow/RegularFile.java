package io.imagegate.follow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads small files. Never waits for a pipe or a device, and never reads more than a limit. */
public final class RegularFile {

    /** What is said of a file that does not exist. */
    public static final String MISSING = "no such file";

    /** Many times the size of a chain, a bundle of authorities or a file of options; also the limit of a Secret. */
    private static final int LIMIT = 1 << 20;

    private static final String EXPECTED = "expected a regular file";

    private RegularFile() {}

    /**
     * Reads a file. Follows symbolic links, because Kubernetes mounts volumes of links.
     *
     * @param file of at most 1 MiB
     * @return its bytes
     * @throws IOException when it is no regular file, is longer or cannot be read; the message says why, without
     *     the name
     */
    public static byte[] read(Path file) throws IOException {
        return read(file, LIMIT);
    }

    /**
     * Reads a file. Follows symbolic links, because Kubernetes mounts volumes of links.
     *
     * @param file of at most the limit
     * @param limit most bytes that are read
     * @return its bytes
     * @throws IOException when it is no regular file, is longer or cannot be read; the message says why, without
     *     the name
     */
    public static byte[] read(Path file, int limit) throws IOException {
        try {
            if (!isRegular(file)) {
                throw new IOException(EXPECTED);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    throw new IOException("expected at most " + limit + " bytes");
                }
                return bytes;
            }
        } catch (NoSuchFileException missing) {
            throw new IOException(MISSING, missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("permission to read it is denied", denied);
        }
    }

    /**
     * Opens a file. Follows symbolic links, because Kubernetes mounts volumes of links.
     *
     * @param file any file
     * @return its bytes
     * @throws IOException when it is no regular file, or cannot be read
     */
    public static InputStream open(Path file) throws IOException {
        if (!isRegular(file)) {
            throw new FileSystemException(file.toString(), null, EXPECTED);
        }
        return Files.newInputStream(file);
    }

    /** Opening a pipe or a device could wait for ever. */
    private static boolean isRegular(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
    }
}
