package io.imagegate.document.kept;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of one file, which is replaced as a whole. Only a file that the user of this process wrote, and that no other may write, is read: the
 * folder itself may be one that everybody can write, as an {@code emptyDir} of Kubernetes is.
 */
public final class KeptFolder {

    private static final String NAME = "last-good";
    private static final String BESIDE = "last-good.new";
    private static final String OWN = "rw-------";
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final Path file;
    private final Path beside;

    /**
     * Makes a folder, which need not exist yet.
     *
     * @param folder its name
     */
    public KeptFolder(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
        this.beside = folder.resolve(BESIDE);
    }

    /**
     * Reads the file.
     *
     * @return its bytes; empty if there is none
     * @throws IOException if it is refused or cannot be read; the message says why
     */
    public Optional<byte[]> read() throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                throw new IOException("expected a regular file");
            }
            requireOwn();
            try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(KeptSetFormat.LIMIT + 1);
                if (bytes.length > KeptSetFormat.LIMIT) {
                    throw new IOException("expected at most " + KeptSetFormat.LIMIT + " bytes");
                }
                return Optional.of(bytes);
            }
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private void requireOwn() throws IOException {
        UserPrincipal owner = Files.getOwner(file, NOFOLLOW_LINKS);
        if (!owner.equals(user())) {
            throw new IOException("it belongs to the user " + owner.getName() + ", and not to that of this process");
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, NOFOLLOW_LINKS);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IOException("users other than its owner may write it");
        }
    }

    /** {@return the user of this process: whoever owns what it creates} */
    private UserPrincipal user() throws IOException {
        try {
            create().close();
            return Files.getOwner(beside, NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Replaces the file: a process that ends meanwhile leaves the old one.
     *
     * @param bytes its new content
     * @throws IOException if it cannot be written
     */
    public void write(byte[] bytes) throws IOException {
        try {
            Files.createDirectory(folder, attributes("rwx------"));
        } catch (FileAlreadyExistsException there) {
            // As usual. If it is no folder, writing fails below.
        }
        try {
            try (FileChannel channel = create()) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        forceFolder();
    }

    /** Somebody may have put a link there, which is neither opened nor followed. */
    private FileChannel create() throws IOException {
        Files.deleteIfExists(beside);
        return FileChannel.open(
                beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(OWN));
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Without this a machine that loses its power could keep the old name. Some systems cannot do it. */
    private void forceFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // The new file is there, and at worst the old one is after a loss of power.
        }
    }

    /**
     * Removes the file, if there is one.
     *
     * @throws IOException if it cannot be removed
     */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /** {@return the name of the file} */
    @Override
    public String toString() {
        return file.toString();
    }
}
