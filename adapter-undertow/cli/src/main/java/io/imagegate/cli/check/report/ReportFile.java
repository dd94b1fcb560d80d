package io.imagegate.cli.check.report;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears when its content is complete: until then the content is beside it, and an older file stays. A device or pipe
 * is written at once. Not thread-safe.
 */
public final class ReportFile implements AutoCloseable {

    private final Path file;
    private final @Nullable Path temporary;
    private final FileChannel channel;
    private final PrintWriter out;
    private @Nullable IOException failure;

    /**
     * Opens a file.
     *
     * @param file its name
     * @throws IOException if it cannot be written; the message says why, without the name
     */
    public ReportFile(Path file) throws IOException {
        this.file = file;
        boolean direct = isDirect(file);
        this.temporary = direct ? null : beside(file);
        try {
            this.channel = temporary == null
                    ? FileChannel.open(file, StandardOpenOption.WRITE)
                    : FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (FileSystemException unusable) {
            throw withoutName(unusable);
        }
        this.out = new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new Watched(Channels.newOutputStream(channel)), StandardCharsets.UTF_8)));
    }

    /** {@return whether it is a device or pipe, which no file can take the place of} */
    private static boolean isDirect(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("expected a file, not a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return true;
        }
        if (Files.isSymbolicLink(file)) {
            throw new IOException("a symbolic link is not written: name the file that it leads to");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new IOException("permission to write it is denied");
        }
        return false;
    }

    /** {@return the same problem in other words: its own message has the name of a file that nobody knows} */
    private static IOException withoutName(FileSystemException problem) {
        String reason = problem.getReason() == null ? "its folder cannot be used" : problem.getReason();
        if (problem instanceof NoSuchFileException) {
            reason = "its folder does not exist";
        } else if (problem instanceof AccessDeniedException) {
            reason = "permission to write it is denied";
        }
        return new IOException(reason, problem);
    }

    private static Path beside(Path file) {
        String name = ".imagegate-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + ".tmp";
        return file.resolveSibling(name);
    }

    /** Keeps why writing failed: a {@link PrintWriter} forgets it. */
    private final class Watched extends FilterOutputStream {

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            try {
                out.write(bytes, offset, count);
            } catch (IOException failed) {
                failure = failure == null ? failed : failure;
                throw failed;
            }
        }
    }

    /** {@return the absolute paths of the file and of its content until it is complete} */
    public List<Path> paths() {
        return Stream.concat(Stream.of(file), Stream.ofNullable(temporary))
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
    }

    /** {@return what writes the content} */
    public PrintWriter out() {
        return out;
    }

    /**
     * Puts the content in the place of the file.
     *
     * @throws IOException if that is not possible, or some of the content could not be written
     */
    public void commit() throws IOException {
        boolean incomplete = out.checkError();
        if (failure != null) {
            throw failure;
        }
        if (incomplete) {
            throw new IOException("it could not be written");
        }
        if (temporary == null) {
            return;
        }
        try {
            copyPermissions(temporary);
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException unusable) {
            throw withoutName(unusable);
        }
    }

    private void copyPermissions(Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(file)) {
            view.setPermissions(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /** Removes the content, if it did not take the place of the file. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }
}
