package io.imagegate.document.kept;

import io.imagegate.document.file.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Records what each load of policies reads from the disk, so that exactly these bytes can be kept. For one thread at a time. */
public final class FileRecorder implements Supplier<FileTree> {

    private Recording last = new Recording();

    /** {@return the files of the machine, whose contents are recorded from now on} */
    @Override
    public FileTree get() {
        last = new Recording();
        return last;
    }

    /** {@return what the last load read; empty if that is more than can be kept} */
    public Optional<KeptFiles> recorded() {
        return last.bytes > KeptSet.LIMIT ? Optional.empty() : Optional.of(new KeptFiles(last.files, last.folders));
    }

    private static final class Recording implements FileTree {

        private final Map<Path, byte[]> files = new TreeMap<>();
        private final Map<Path, List<Path>> folders = new TreeMap<>();
        private long bytes;

        @Override
        public boolean isFolder(Path path) {
            return DISK.isFolder(path);
        }

        @Override
        public byte[] read(Path file, int most) throws IOException {
            byte[] content = DISK.read(file, most);
            bytes += content.length;
            if (bytes <= KeptSet.LIMIT) {
                files.put(file, content);
            }
            return content;
        }

        @Override
        public List<Path> list(Path folder) throws IOException {
            List<Path> found = DISK.list(folder);
            folders.put(folder, found);
            return found;
        }
    }
}
