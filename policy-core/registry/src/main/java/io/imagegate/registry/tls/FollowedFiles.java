package io.imagegate.registry.tls;

import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Value that is read from files, and again when they have changed. While a file is missing or wrong, or files do not belong
 * together, the value stays as it was. Thread-safe.
 */
public final class FollowedFiles<T> {

    /** How long changes may stay unseen. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(FollowedFiles.class.getName());
    private static final int LIMIT = 1 << 20;
    private static final int SHOWN = 500;

    private final List<Path> files;
    private final Reader<T> reader;
    private List<byte[]> contents;
    private long checked;
    private String problem = "";
    private volatile T value;

    /** Makes the value of the contents of the files. */
    public interface Reader<T> {
        T read(List<byte[]> contents) throws IOException, GeneralSecurityException;
    }

    /** Reads the files. */
    FollowedFiles(List<Path> files, Reader<T> reader) throws IOException, GeneralSecurityException {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.contents = contents();
        this.value = reader.read(contents);
        this.checked = System.nanoTime();
    }

    /** {@return files that are read now, and followed} Throws IllegalArgumentException, with a name, if they cannot be used. */
    public static <T> FollowedFiles<T> open(String name, List<Path> files, Reader<T> reader) {
        try {
            return new FollowedFiles<>(files, reader);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(name + ": " + reason(e), e);
        }
    }

    /** {@return the value, after a look at the files} */
    public T current() {
        refresh();
        return value;
    }

    /** {@return the value that was current last} */
    T last() {
        return value;
    }

    private synchronized void refresh() {
        if (System.nanoTime() - checked < INTERVAL.toNanos()) {
            return;
        }
        checked = System.nanoTime();
        try {
            List<byte[]> now = contents();
            if (!isSame(now)) {
                value = reader.read(now);
                contents = now;
                LOG.log(Level.INFO, "loaded {0}", names());
            }
            problem = "";
        } catch (IOException | GeneralSecurityException e) {
            report(reason(e));
        }
    }

    /** Logs each problem once, not at each connection. */
    private void report(String reason) {
        if (!reason.equals(problem)) {
            problem = reason;
            LOG.log(Level.WARNING, "{0} not reloaded, the previous content stays in use: {1}", names(), reason);
        }
    }

    /** {@return why files cannot be used, in one printable line} */
    static String reason(Exception e) {
        String reason = e instanceof FileSystemException missing
                ? "no file that can be read at " + missing.getFile()
                : String.valueOf(e.getMessage());
        return SafeText.escape(SafeText.cut(reason, SHOWN));
    }

    private String names() {
        return SafeText.escape(files.toString());
    }

    private boolean isSame(List<byte[]> now) {
        return Arrays.deepEquals(now.toArray(), contents.toArray());
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(LIMIT + 1);
                if (content.length > LIMIT) {
                    throw new IOException(file + ": expected at most " + LIMIT + " bytes");
                }
                all.add(content);
            }
        }
        return all;
    }
}
