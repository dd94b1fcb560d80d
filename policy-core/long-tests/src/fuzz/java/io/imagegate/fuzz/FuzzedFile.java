package io.imagegate.fuzz;

import io.imagegate.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with the bytes of a fuzzer, for readers of files, and files of the repository to begin with. */
public final class FuzzedFile {

    private static final Path FILE = temporary();

    private FuzzedFile() {}

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            Path file = folder.resolve("fuzzed");
            file.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a file with these bytes, alone in its folder; the next call replaces them} */
    public static Path of(byte[] data) {
        try {
            return Files.write(FILE, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the bytes of a file of the repository} */
    public static byte[] ofRepository(String path) {
        try {
            return Files.readAllBytes(Repository.path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
