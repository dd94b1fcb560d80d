package io.imagegate.cli.check;

import io.imagegate.follow.SearchedFolders;
import io.imagegate.input.Input;
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

/** Finds the files in a folder and its subfolders whose names an input recognises. Links to folders are not followed. */
final class InputFolder extends SimpleFileVisitor<Path> {

    /** What a file is called whose name is that of no format. */
    static final String OTHER = "other file";

    private final Path folder;
    private final Path start;
    private final List<Input> inputs;
    private final Exclusions exclusions;
    private final SearchedFolders searched;
    private final Others others;
    private final SortedSet<Path> files = new TreeSet<>();

    /** Called with what is in a folder and is not read. */
    interface Others {

        /** Called for a file or folder that names no images, or that is not to be read, with what it is. */
        default void leftOut(Path path, String what) {}

        /** Called for a file or folder that may name images, with what it is and why it is not read. */
        default void notJudged(Path path, String what, String why) {}

        /** Called for a link by the name of a format to a file that is not searched. */
        default void leadsOut(Path link) {}

        /** Called for a folder that cannot be read. */
        default void unreadable(Path path, IOException why) {}
    }

    private InputFolder(
            Path folder,
            Path start,
            List<Input> inputs,
            Exclusions exclusions,
            SearchedFolders searched,
            Others others) {
        this.folder = folder;
        this.start = start;
        this.inputs = inputs;
        this.exclusions = exclusions;
        this.searched = searched;
        this.others = others;
    }

    /**
     * {@return the files, sorted by name}
     *
     * @param inputs the inputs
     * @param exclusions files and folders that are left out
     * @param searched all that the run searches
     * @param others called for each other file and folder
     */
    static SortedSet<Path> files(
            Path folder, List<Input> inputs, Exclusions exclusions, SearchedFolders searched, Others others)
            throws IOException {
        Path start = SearchedFolders.start(folder);
        InputFolder found = new InputFolder(folder, start, inputs, exclusions, searched, others);
        Files.walkFileTree(start, found);
        return found.files;
    }

    /** {@return a path as the user names the folder, which may be a link} */
    private Path named(Path visited) {
        return folder.resolve(start.relativize(visited));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        if (visited.equals(start)) {
            return FileVisitResult.CONTINUE;
        }
        Path path = named(visited);
        Optional<String> why = exclusions.folder(folder, path);
        why.ifPresent(what -> others.leftOut(path, what));
        return why.isPresent() ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
        Path file = named(visited);
        if (exclusions.isWritten(file)) {
            return FileVisitResult.CONTINUE;
        }
        Optional<String> excluded = exclusions.file(folder, file);
        if (excluded.isPresent()) {
            others.leftOut(file, excluded.get());
            return FileVisitResult.CONTINUE;
        }
        boolean out = attributes.isSymbolicLink() && searched.leadsOut(file);
        boolean named = inputs.stream().anyMatch(input -> input.isNamed(file));
        if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
            linkedFolder(file, out);
        } else if (!named) {
            others.leftOut(file, OTHER);
        } else if (out) {
            others.leadsOut(file);
        } else if (!attributes.isRegularFile() && Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe may never end.
            others.notJudged(file, "special file", "expected a regular file");
        } else {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    /** What is in a folder that is searched is found where it is. */
    private void linkedFolder(Path link, boolean out) {
        if (out) {
            others.notJudged(link, "linked folder", "links to folders are not followed: name what it leads to, too");
        } else {
            others.leftOut(link, "linked folder");
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path visited, IOException why) {
        others.unreadable(named(visited), why);
        return FileVisitResult.CONTINUE;
    }
}
