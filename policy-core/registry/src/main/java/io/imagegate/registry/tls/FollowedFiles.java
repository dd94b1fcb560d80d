package io.imagegate.registry.tls;

import io.imagegate.follow.FileContents;
import io.imagegate.follow.FileFollower;
import io.imagegate.follow.RegularFile;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Value that is read from files, and again when they have changed. While a file is missing or wrong, or files do not belong
 * together, the value stays as it was. Thread-safe.
 */
public final class FollowedFiles<T> implements AutoCloseable {

    /** How long changes may stay unseen: two looks. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(FollowedFiles.class.getName());
    private static final int SHOWN = 500;

    private final List<Path> files;
    private final Reader<T> reader;
    private final FileFollower<FileContents> follower;
    private String problem = "";
    private volatile T value;

    /** Makes the value of the contents of the files. */
    public interface Reader<T> {
        T read(List<byte[]> contents) throws IOException, GeneralSecurityException;
    }

    private FollowedFiles(List<Path> files, Reader<T> reader) throws IOException, GeneralSecurityException {
        this.files = List.copyOf(files);
        this.reader = reader;
        FileContents contents = FileContents.read(files);
        this.value = read(contents);
        this.follower = new FileFollower<>(contents, () -> FileContents.read(files), this::use, this::report);
    }

    /**
     * {@return files that are read now, and followed}
     *
     * @param threads look at the files
     * @param time the clock
     */
    public static <T> FollowedFiles<T> open(List<Path> files, Reader<T> reader, Executor threads, TimeSource time)
            throws IOException, GeneralSecurityException {
        FollowedFiles<T> followed = new FollowedFiles<>(files, reader);
        followed.follower.start(threads, time, INTERVAL.dividedBy(2));
        return followed;
    }

    /** {@return the value} */
    public T current() {
        return value;
    }

    /** Ends the looks; the value stays. */
    @Override
    public void close() {
        follower.close();
    }

    private T read(FileContents contents) throws IOException, GeneralSecurityException {
        List<byte[]> all = new ArrayList<>();
        for (FileContents.Content content : contents.files()) {
            if (RegularFile.MISSING.equals(content.problem())) {
                throw new IOException("no file that can be read at " + content.file());
            }
            if (content.problem() != null) {
                throw new IOException(content.file() + ": " + content.problem());
            }
            all.add(content.bytes());
        }
        return reader.read(all);
    }

    private void use(FileContents contents) {
        try {
            value = read(contents);
            LOG.log(Level.INFO, "loaded {0}", names());
            problem = "";
        } catch (IOException | GeneralSecurityException e) {
            report(e);
        }
    }

    private void report(Throwable thrown) {
        String reason = reason(thrown);
        if (!reason.equals(problem)) {
            problem = reason;
            LOG.log(Level.WARNING, "{0} not reloaded, the previous content stays in use: {1}", names(), reason);
        }
    }

    /** {@return why files cannot be used, in one printable line} */
    public static String reason(Throwable thrown) {
        return SafeText.escape(SafeText.cut(String.valueOf(thrown.getMessage()), SHOWN));
    }

    private String names() {
        return SafeText.escape(files.toString());
    }
}
