package io.imagegate.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that an {@link Input} may read. It is opened when its content is first asked for. Not thread-safe.
 *
 * @since 0.1
 */
public final class InputFile implements Closeable {

    /** How many bytes of a file are looked at. */
    public static final int LOOKED_AT = 1 << 16;

    private final String name;
    private final @Nullable Path path;
    private final boolean named;
    private final boolean replaceable;
    private final Opener opener;
    private @Nullable InputStream opened;
    private @Nullable InputStream in;
    private byte[] start = {};

    /** Opens a file. */
    public interface Opener {

        /**
         * Opens it.
         *
         * @return its content
         * @throws IOException if it cannot be read; the message says why, without the name
         */
        InputStream open() throws IOException;
    }

    private InputFile(String name, @Nullable Path path, boolean named, boolean replaceable, Opener opener) {
        this.name = name;
        this.path = path;
        this.named = named;
        this.replaceable = replaceable;
        this.opener = opener;
    }

    /**
     * {@return a file that a user named, so that it is an error if no input can read it}
     *
     * @param name as the user wrote it
     * @param path where it is
     * @param opener opens it
     */
    public static InputFile named(String name, Path path, Opener opener) {
        return new InputFile(name, path, true, false, opener);
    }

    /**
     * {@return a file that was found in a folder, where there may be others as well}
     *
     * @param path where it is
     * @param opener opens it
     */
    public static InputFile found(Path path, Opener opener) {
        return new InputFile(path.toString(), path, false, false, opener);
    }

    /**
     * {@return a stream}
     *
     * @param name what messages call it
     * @param opener opens it
     */
    public static InputFile stream(String name, Opener opener) {
        return new InputFile(name, null, true, false, opener);
    }

    /**
     * {@return this file as one in which images can be replaced: its content is kept}
     *
     * @param limited opens it, and limits its length
     */
    public InputFile replaceable(Opener limited) {
        return new InputFile(name, path, named, true, limited);
    }

    /** {@return what messages call it} */
    public String name() {
        return name;
    }

    /** {@return where it is; null for a stream} */
    public @Nullable Path path() {
        return path;
    }

    /** {@return whether a user named it; otherwise it was found in a folder} */
    public boolean isNamed() {
        return named;
    }

    /** {@return whether images can be replaced in it} */
    public boolean isReplaceable() {
        return replaceable;
    }

    /**
     * {@return its content, from where it was read to; not to be closed}
     *
     * @throws IOException if it cannot be opened
     */
    public InputStream in() throws IOException {
        if (in == null) {
            // Streams of files read many bytes at once only where they can be searched, which pipes cannot.
            InputStream content = new BufferedInputStream(opener.open());
            opened = content;
            start = content.readNBytes(LOOKED_AT);
            InputStream from = new ByteArrayInputStream(start);
            in = start.length < LOOKED_AT ? from : new SequenceInputStream(from, content);
        }
        return in;
    }

    /**
     * {@return its first 64 KiB, which are not consumed}
     *
     * @throws IOException if it cannot be read
     */
    public byte[] start() throws IOException {
        in();
        return start.clone();
    }

    /** Closes a file that was opened; a stream stays open. */
    @Override
    public void close() throws IOException {
        if (opened != null && path != null) {
            opened.close();
        }
    }
}
