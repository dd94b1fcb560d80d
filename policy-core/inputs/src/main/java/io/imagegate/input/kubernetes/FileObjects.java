package io.imagegate.input.kubernetes;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ObjectReader;
import io.imagegate.kubernetes.ObjectWalker;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import io.imagegate.yaml.YamlDialect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the objects of texts in YAML and JSON one by one, as {@code ManifestReader} promises. */
public final class FileObjects {

    private static final int SNIFFED = 8_192;
    private static final WireLimits LIMITS = WireLimits.DEFAULTS;

    private FileObjects() {}

    /**
     * Reads a file of a repository.
     *
     * @param file name of the file, for messages
     * @param content content of the file; not closed
     * @param reading how its objects are read
     * @param objects receives each object as soon as it is read
     * @param kindless receives what is no object with a kind; null if that is an error
     */
    public static void readFile(
            String file,
            InputStream content,
            ObjectReading reading,
            Consumer<? super FileObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        readFile(file, content, YamlDialect.MANIFEST, reading, objects, kindless);
    }

    /**
     * Reads a file of a repository.
     *
     * @param dialect what is read if it is YAML
     */
    static void readFile(
            String file,
            InputStream content,
            YamlDialect dialect,
            ObjectReading reading,
            Consumer<? super FileObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        read(file, content, dialect, cursor -> {
            ObjectWalker<InputException> walker = fileWalker(cursor, file, reading, objects, kindless);
            return reading.asWebhook() ? walker : walker.orPatches();
        });
    }

    /**
     * Makes a walker over the objects in a document of a file, whose values of charts are read as in {@link ObjectReader#ofFiles
     * files of values}, unless they are judged as in a webhook.
     */
    public static <X extends Exception> ObjectWalker<X> fileWalker(
            Cursor<X> cursor,
            String file,
            ObjectReading reading,
            Consumer<? super FileObject> objects,
            @Nullable Consumer<? super X> kindless) {
        ObjectWalker<X> walker = walker(cursor, file, reading.workloads(), objects, kindless);
        return reading.asWebhook() ? walker.asWebhook() : walker.ofFiles();
    }

    /**
     * Reads a file whose values of charts are read as in a webhook.
     *
     * @param file name of the file, for messages
     * @param content content of the file; not closed
     * @param workloads where images stand in objects of each kind
     * @param objects receives each object as soon as it is read
     * @param kindless receives what is no object with a kind; null if that is an error
     */
    public static void read(
            String file,
            InputStream content,
            Workloads workloads,
            Consumer<? super FileObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        read(file, content, YamlDialect.MANIFEST, cursor -> walker(cursor, file, workloads, objects, kindless));
    }

    private static void read(
            String file,
            InputStream content,
            YamlDialect dialect,
            Function<DocumentCursor<InputException>, ObjectWalker<InputException>> walkers)
            throws IOException, InputException {
        BufferedInputStream buffered = new BufferedInputStream(content, SNIFFED);
        try {
            DocumentCursor<InputException> cursor = FileSyntax.open(file, buffered, dialect, FileSyntax.problems(file));
            ObjectWalker<InputException> walker = walkers.apply(cursor);
            while (cursor.begin()) {
                walker.document();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    /** Makes a walker over the objects in a document of a file. */
    public static <X extends Exception> ObjectWalker<X> walker(
            Cursor<X> cursor,
            String file,
            Workloads workloads,
            Consumer<? super FileObject> objects,
            @Nullable Consumer<? super X> kindless) {
        return new ObjectWalker<>(
                cursor,
                ObjectPlaces.of(workloads),
                LIMITS.images(),
                LIMITS.annotations(),
                FileObject.listener(file, objects),
                kindless);
    }
}
