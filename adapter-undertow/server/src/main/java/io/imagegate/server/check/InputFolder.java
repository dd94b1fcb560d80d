package io.imagegate.server.check;

import io.imagegate.manifest.Input;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Finds the files in a folder and its subfolders whose names an input recognises. */
final class InputFolder {

    /** What a file is called whose name is that of no format. */
    static final String OTHER = "other file";

    private InputFolder() {}

    /**
     * {@return the files, sorted by name; links to folders are not followed}
     *
     * @param inputs the inputs
     * @param exclusions files and folders that are left out
     * @param leftOut called for each, and for other files and folders that are not searched, with what it is
     * @param unreadable called for folders that cannot be read
     */
    static SortedSet<Path> files(
            Path folder,
            List<Input> inputs,
            Exclusions exclusions,
            BiConsumer<Path, String> leftOut,
            BiConsumer<Path, IOException> unreadable)
            throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                Optional<String> why = visited.equals(folder) ? Optional.empty() : exclusions.folder(folder, visited);
                why.ifPresent(what -> leftOut.accept(visited, what));
                return why.isPresent() ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (exclusions.isWritten(file)) {
                    return FileVisitResult.CONTINUE;
                }
                Optional<String> why = exclusions.file(folder, file).or(() -> what(file, attributes, inputs));
                why.ifPresentOrElse(what -> leftOut.accept(file, what), () -> files.add(file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) {
                unreadable.accept(file, why);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** {@return what a file is called that no input reads} */
    private static Optional<String> what(Path file, BasicFileAttributes attributes, List<Input> inputs) {
        if (!attributes.isRegularFile() && Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe may never end.
            return Optional.of(Files.isDirectory(file) ? "linked folder" : "special file");
        }
        return inputs.stream().anyMatch(input -> input.isNamed(file)) ? Optional.empty() : Optional.of(OTHER);
    }
}
