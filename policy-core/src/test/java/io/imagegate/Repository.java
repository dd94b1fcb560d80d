package io.imagegate;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of this repository are, whatever module's tests ask. */
public final class Repository {

    private static final Path ROOT = root();

    private Repository() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.resolve("..").normalize();
        }
        return folder;
    }

    /** A file or folder by its path from the root; the root itself by an empty one. */
    public static Path path(String path) {
        return ROOT.resolve(path);
    }

    /** A page, or another file, of the folder of policy-core. */
    public static Path core(String path) {
        return ROOT.resolve("policy-core").resolve(path);
    }
}
