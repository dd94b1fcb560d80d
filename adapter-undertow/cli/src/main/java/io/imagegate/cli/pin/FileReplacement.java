package io.imagegate.cli.pin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/**
 * New content of one file, which takes its place in one step. Until then it is beside the file, where only the user can read
 * it. Not thread-safe.
 */
final class FileReplacement implements AutoCloseable {

    private final Path file;
    private final byte[] old;
    private final Path temporary;

    private FileReplacement(Path file, byte[] old, Path temporary) {
        this.file = file;
        this.old = old;
        this.temporary = temporary;
    }

    /** Refuses links, whose target may be anywhere, and what is no file. */
    static void requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            throw new IOException("no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("permission to read it is denied", denied);
        }
        if (attributes.isSymbolicLink()) {
            throw new IOException("a symbolic link is not written: name the file that it leads to");
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("expected a regular file");
        }
    }

    /**
     * Reads a file without following a link.
     *
     * @throws IOException if it is no regular file or is longer than the limit; the message says why, without the name
     */
    static byte[] read(Path file, int limit) throws IOException {
        requireRegular(file);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return read(in, limit);
        } catch (AccessDeniedException denied) {
            throw new IOException("permission to read it is denied", denied);
        }
    }

    static byte[] read(InputStream in, int limit) throws IOException {
        byte[] content = in.readNBytes(limit + 1);
        if (content.length > limit) {
            throw new IOException("expected " + limit + " bytes at most in a file to write");
        }
        return content;
    }

    /**
     * Writes the new content beside a file, with its owner and permissions.
     *
     * @throws IOException if that is not possible, or the file may not be written; the message says why
     */
    static FileReplacement prepare(Path file, byte[] old, byte[] content) throws IOException {
        requireRegular(file);
        if (!Files.isWritable(file)) {
            throw new IOException("permission to write it is denied");
        }
        Path folder = file.toAbsolutePath().getParent();
        Path temporary;
        try {
            temporary = Files.createTempFile(folder, ".imagegate-", ".tmp");
        } catch (AccessDeniedException denied) {
            throw new IOException("permission to write into its folder is denied", denied);
        }
        FileReplacement replacement = new FileReplacement(file, old, temporary);
        try {
            replacement.write(content);
            return replacement;
        } catch (IOException | RuntimeException failed) {
            replacement.close();
            throw failed;
        }
    }

    private void write(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            copyOwner();
            channel.force(true);
        }
    }

    private void copyOwner() throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes from = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes own = view.readAttributes();
        try {
            if (!own.owner().equals(from.owner())) {
                view.setOwner(from.owner());
            }
            if (!own.group().equals(from.group())) {
                view.setGroup(from.group());
            }
        } catch (IOException denied) {
            throw new IOException("its owner or group cannot be kept: expected a file of this user", denied);
        }
        view.setPermissions(from.permissions());
    }

    /** Refuses a file that is no longer as it was read. */
    void requireUnchanged() throws IOException {
        if (!Arrays.equals(read(file, RewrittenFiles.LONGEST), old)) {
            throw new IOException("it changed while its images were looked up: nothing is written, run this again");
        }
    }

    /** Puts the new content in the place of the file. */
    void commit() throws IOException {
        requireUnchanged();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@return the name of the file} */
    @Override
    public String toString() {
        return file.toString();
    }

    /** Removes the new content, if it did not take its place. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }
}
