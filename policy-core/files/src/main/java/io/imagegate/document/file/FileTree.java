package io.imagegate.document.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where policies and the files that they name are read: the disk, or what was kept of it. */
public interface FileTree {

    /** The files of the machine. */
    FileTree DISK = new DiskFiles();

    /** {@return whether there is a folder of this name} */
    boolean isFolder(Path path);

    /**
     * Reads a file.
     *
     * @param file the file
     * @param most how many bytes are read at most
     * @return its first bytes
     * @throws IOException if there is no such file, or it cannot be read
     */
    byte[] read(Path file, int most) throws IOException;

    /**
     * {@return the policy files of a folder by name}
     *
     * @param folder the folder
     * @throws IOException if there is no such folder, or it cannot be read
     */
    List<Path> list(Path folder) throws IOException;
}
