package io.imagegate.input.kubernetes;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.TextSyntax;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ObjectWalker;
import io.imagegate.policy.PolicySet;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the objects of texts in YAML and JSON one by one, as {@code ManifestReader} promises. */
public final class FileObjects {

    private static final int SNIFFED = 8_192;
    private static final WireLimits LIMITS = WireLimits.DEFAULTS;

    private FileObjects() {}

    /**
     * Reads a file that may contain other documents than manifests. Objects that were passed on before an error remain
     * valid.
     *
     * @param file name of the file, for messages
     * @param content content of the file; not closed
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @param objects receives each object as soon as it is read
     * @param kindless receives the reason why a document or an element of a list is not an object with a kind; null if
     *     that is an error
     * @throws InputException if the file cannot be read to its end
     * @throws IOException if the stream fails
     */
    public static void read(
            String file,
            InputStream content,
            Workloads workloads,
            Consumer<? super FileObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        BufferedInputStream buffered = new BufferedInputStream(content, SNIFFED);
        try {
            DocumentCursor<InputException> cursor = TextSyntax.open(file, buffered, TextSyntax.problems(file));
            ObjectWalker<InputException> walker = walker(cursor, file, workloads, objects, kindless);
            while (cursor.begin()) {
                walker.document();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    /**
     * Reads a page of a list as an API server answers it in JSON. Its objects have no lines, and know their {@linkplain
     * FileObject#uid uid} and their {@linkplain FileObject#controllerUid controller}.
     *
     * @param name what the list is, for messages
     * @param content the answer; not closed
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @param objects receives each object as soon as it is read
     * @return the token that asks for the next page; empty if this is the last
     * @throws InputException if the answer cannot be read to its end as a list
     * @throws IOException if the stream fails
     */
    public static String readPage(
            String name, InputStream content, Workloads workloads, Consumer<? super FileObject> objects)
            throws IOException, InputException {
        try {
            JsonCursor<InputException> cursor = JsonCursor.of(content, TextSyntax.LIMITS, TextSyntax.problems(name));
            if (!cursor.begin()) {
                throw new InputException(name, 1, 1, "expected a list of objects, got nothing");
            }
            String next = walker(cursor, "", workloads, objects, null).page();
            if (cursor.begin()) {
                throw cursor.malformed("expected one list of objects");
            }
            return next;
        } catch (UncheckedIOException e) {
            throw e.getCause();
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
