package io.imagegate.document.kept;

import io.imagegate.document.file.FileTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files as they were when policies were accepted, under the names that they had. Nothing is read from the disk by these names. Immutable. */
public final class KeptFiles implements FileTree {

    private final Map<Path, byte[]> files;
    private final Map<Path, List<Path>> folders;

    KeptFiles(Map<Path, byte[]> files, Map<Path, List<Path>> folders) {
        this.files = Collections.unmodifiableMap(new TreeMap<>(files));
        this.folders = Collections.unmodifiableMap(new TreeMap<>(folders));
    }

    Map<Path, byte[]> files() {
        return files;
    }

    Map<Path, List<Path>> folders() {
        return folders;
    }

    @Override
    public boolean isFolder(Path path) {
        return folders.containsKey(path);
    }

    @Override
    public byte[] read(Path file, int most) throws IOException {
        byte[] content = require(files.get(file), file);
        return Arrays.copyOf(content, Math.min(most, content.length));
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return require(folders.get(folder), folder);
    }

    private static <T> T require(@Nullable T found, Path path) throws NoSuchFileException {
        if (found == null) {
            throw new NoSuchFileException(path.toString());
        }
        return found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeptFiles kept
                && folders.equals(kept.folders)
                && files.keySet().equals(kept.files.keySet())
                && files.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), kept.files.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return files.keySet().hashCode();
    }
}
