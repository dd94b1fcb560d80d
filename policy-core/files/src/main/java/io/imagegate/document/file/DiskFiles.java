package io.imagegate.document.file;

import io.imagegate.follow.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files of the machine. */
final class DiskFiles implements FileTree {

    @Override
    public boolean isFolder(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public byte[] read(Path file, int most) throws IOException {
        try (InputStream in = RegularFile.open(file)) {
            return in.readNBytes(most);
        }
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, DiskFiles::isPolicyFile)) {
            entries.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(files);
        return List.copyOf(files);
    }

    private static boolean isPolicyFile(Path entry) {
        String name = entry.getFileName().toString();
        boolean extension = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return extension && !name.startsWith(".") && !Files.isDirectory(entry);
    }
}
