package io.imagegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is written in the repository. */
final class Sources {

    private static final Set<String> BUILT = Set.of("target", ".git");

    private Sources() {}

    /** The Java files under a folder of the repository. Folders of what is built are not entered: files come and go there meanwhile. */
    static Stream<Path> under(String folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(Repository.path(folder), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return BUILT.contains(String.valueOf(visited.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources.stream();
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
