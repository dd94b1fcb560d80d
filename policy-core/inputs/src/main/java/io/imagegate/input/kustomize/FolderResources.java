package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** What the controller of Flux makes a kustomization of, in a folder that has none. Not thread-safe. */
final class FolderResources {

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final RepositoryPaths paths;

    FolderResources(KustomizeFiles files, KustomizeBudget budget, RepositoryPaths paths) {
        this.files = files;
        this.budget = budget;
        this.paths = paths;
    }

    /** {@return folders of kustomizations in a folder, and files with objects} */
    Set<Path> in(Path folder, ManifestNode object) throws InputException {
        Set<Path> all = candidates(folder, object);
        all.removeIf(path -> !Files.isDirectory(path) && !hasObjects(path, object));
        return all;
    }

    /** {@return folders of kustomizations in a folder, and files that may have objects} */
    Set<Path> candidates(Path folder, ManifestNode object) throws InputException {
        Set<Path> all = new TreeSet<>();
        AtomicLong seen = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    seen.incrementAndGet();
                    if (!visited.equals(folder) && Kustomization.isIn(visited)) {
                        all.add(visited);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return visited.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                    seen.incrementAndGet();
                    String name = String.valueOf(visited.getFileName());
                    if (attributes.isRegularFile() && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
                        all.add(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw object.malformed("the folder " + paths.shown(folder) + " cannot be read: " + unreadable.getMessage());
        }
        budget.look(object, seen.get());
        return all;
    }

    /** {@return whether a file has objects alone; other files are checked as they are} */
    private boolean hasObjects(Path file, ManifestNode reference) {
        try {
            List<ManifestNode> documents = files.resources(
                    new ManifestSource(paths.shown(file).toString(), file, 0, false), reference, budget);
            return !documents.isEmpty()
                    && documents.stream()
                            .noneMatch(document -> document.text("kind").isEmpty());
        } catch (InputException unreadable) {
            return false;
        }
    }
}
