package io.imagegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is written in the repository. */
final class Sources {

    private Sources() {}

    /** The Java files under a folder of the repository, built ones left out. */
    static Stream<Path> under(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Repository.path(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("target/"))
                    .toList()
                    .stream();
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the class that a file is called after. */
    static String className(Path file) {
        return String.valueOf(file.getFileName()).replace(".java", "");
    }
}
