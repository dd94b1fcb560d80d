package io.imagegate.render;

import io.imagegate.follow.SearchedFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies of folders below another root, each under its absolute path, so that paths between them and in messages stay the same. Links
 * that lead out, devices, pipes and what cannot be read are not copied, nor are {@code .git} and {@code node_modules}.
 */
final class RepositoryCopy {

    private static final int MOST_FILES = 50_000;
    private static final long MOST_BYTES = 1L << 30;

    /** Folders of a chart of which Helm reads every file. */
    private static final Set<String> HELM = Set.of("templates", "charts", "crds");

    private final Path root;
    private final SearchedFolders searched;
    /** What is missing in the copy, and why. */
    private final SortedMap<Path, String> missing = new TreeMap<>();

    private int files;
    private long bytes;

    private RepositoryCopy(Path root, SearchedFolders searched) {
        this.root = root;
        this.searched = searched;
    }

    static RepositoryCopy of(Collection<Path> folders, Path root) throws IOException {
        RepositoryCopy copy = new RepositoryCopy(
                root, SearchedFolders.of(folders.stream().map(Path::toString).toList()));
        for (Path folder : folders) {
            Files.walkFileTree(folder.toRealPath(), new Counting());
        }
        for (Path folder : folders) {
            Files.walkFileTree(folder.toRealPath(), copy.new Copying());
        }
        return copy;
    }

    /** {@return where the copy of a file or folder is, which may not be copied} */
    Path of(Path real) {
        Path below = real.getRoot() == null ? real : real.getRoot().relativize(real);
        return root.resolve(below.toString());
    }

    Path root() {
        return root;
    }

    /** {@return what a tool would not see of a chart; empty if it sees all} */
    Optional<String> missingBelow(Path chart) {
        return missing.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(chart) && !isBeside(chart.relativize(entry.getKey())))
                .findFirst()
                .map(entry -> chart.relativize(entry.getKey()) + " is not copied: " + entry.getValue());
    }

    /** {@return whether a folder that is left out holds no templates, such as that of Git beside a chart} */
    private static boolean isBeside(Path missing) {
        return isLeftOut(missing) && !HELM.contains(missing.getName(0).toString());
    }

    /** Counts what will be copied, so that nothing is written of what is too large. */
    private static final class Counting extends SimpleFileVisitor<Path> {

        private int files;
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isLeftOut(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            files++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            requireSmall(files, bytes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean isLeftOut(Path folder) {
        return SearchedFolders.LEFT_OUT.contains(String.valueOf(folder.getFileName()));
    }

    private final class Copying extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (isLeftOut(folder)) {
                missing.put(folder, "a folder of this name is left out");
                return FileVisitResult.SKIP_SUBTREE;
            }
            countFile();
            Files.createDirectories(of(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            countFile();
            if (attributes.isSymbolicLink()) {
                copyLink(file);
            } else if (attributes.isRegularFile()) {
                copyFile(file);
            } else {
                missing.put(file, "it is no regular file");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) {
            missing.put(file, "it cannot be read");
            return FileVisitResult.CONTINUE;
        }
    }

    private void copyLink(Path link) throws IOException {
        Path target;
        try {
            target = link.toRealPath();
        } catch (IOException nowhere) {
            missing.put(link, "it is a link to nothing");
            return;
        }
        if (searched.leadsOut(link)) {
            missing.put(link, "it is a link out of the searched folder");
            return;
        }
        Path copied = of(link);
        Files.createSymbolicLink(copied, copied.resolveSibling("").relativize(of(target)));
    }

    private void copyFile(Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = searched.open(file);
                OutputStream out = Files.newOutputStream(of(file))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                requireSmall(files, bytes);
                out.write(buffer, 0, read);
            }
        } catch (AccessDeniedException unreadable) {
            missing.put(file, "it cannot be read");
        }
    }

    private void countFile() throws IOException {
        files++;
        requireSmall(files, bytes);
    }

    private static void requireSmall(int files, long bytes) throws IOException {
        if (files > MOST_FILES || bytes > MOST_BYTES) {
            throw new IOException("more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20)
                    + " MiB, which are copied: expected a smaller folder");
        }
    }
}
