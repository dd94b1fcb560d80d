package io.imagegate.manifest;

import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ObjectWalker;
import io.imagegate.policy.PolicySet;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kubernetes manifests, in YAML with any number of documents or in JSON with any number of values, and recorded
 * reviews. Objects are passed on one by one, including the elements of an array and of {@code items} of any kind, which
 * kubectl treats as a list. The output of {@code kubectl get pods -A -o json} therefore needs no more memory than one
 * pod.
 *
 * <p>Text that is neither YAML nor JSON in UTF-8, an object without a kind, a duplicate field, a merge key, a tag, a
 * line break of only YAML 1.1, and anything over a limit are errors. YAML aliases are followed.
 *
 * <p>The API version of a workload may be missing or another version of its group. An object of an unknown kind has no
 * images if none of its fields could name one, or if its kind is known to have none.
 *
 * @since 0.1
 */
public final class ManifestReader {

    private static final int SNIFFED = 8_192;
    private static final WireLimits LIMITS = WireLimits.DEFAULTS;

    /** A stream may have any number of texts. */
    static final SyntaxLimits TEXT = new SyntaxLimits(LIMITS.stringChars(), LIMITS.nesting()).withAliases(100_000);

    private ManifestReader() {}

    /**
     * Reads a file by the places of {@link Workloads#wellKnown}. Objects that were passed on before an error remain valid.
     *
     * @param file name of the file, for messages
     * @param content content of the file; not closed
     * @param objects receives each object as soon as it is read
     * @throws ManifestException if the file cannot be read to its end as manifests
     * @throws IOException if the stream fails
     */
    public static void read(String file, InputStream content, Consumer<ManifestObject> objects)
            throws IOException, ManifestException {
        read(file, content, Workloads.wellKnown(), objects, null);
    }

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
     * @throws ManifestException if the file cannot be read to its end
     * @throws IOException if the stream fails
     */
    public static void read(
            String file,
            InputStream content,
            Workloads workloads,
            Consumer<ManifestObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
        BufferedInputStream buffered = new BufferedInputStream(content, SNIFFED);
        try {
            DocumentCursor<ManifestException> cursor = ManifestSyntax.open(file, buffered, ManifestException.in(file));
            ObjectWalker<ManifestException> walker = walker(cursor, file, workloads, objects, kindless);
            while (cursor.begin()) {
                walker.document();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    /**
     * Reads a page of a list as an API server answers it in JSON. Its objects have no lines, and know their {@linkplain
     * ManifestObject#uid uid} and their {@linkplain ManifestObject#controllerUid controller}.
     *
     * @param name what the list is, for messages
     * @param content the answer; not closed
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @param objects receives each object as soon as it is read
     * @return the token that asks for the next page; empty if this is the last
     * @throws ManifestException if the answer cannot be read to its end as a list
     * @throws IOException if the stream fails
     */
    public static String readPage(
            String name, InputStream content, Workloads workloads, Consumer<ManifestObject> objects)
            throws IOException, ManifestException {
        try {
            JsonCursor<ManifestException> cursor = JsonCursor.of(content, TEXT, ManifestException.in(name));
            if (!cursor.begin()) {
                throw new ManifestException(name, 1, 1, "expected a list of objects, got nothing");
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
    static <X extends Exception> ObjectWalker<X> walker(
            Cursor<X> cursor,
            String file,
            Workloads workloads,
            Consumer<ManifestObject> objects,
            @Nullable Consumer<? super X> kindless) {
        return new ObjectWalker<>(
                cursor,
                ObjectPlaces.of(workloads),
                LIMITS.images(),
                LIMITS.annotations(),
                ManifestObject.listener(file, objects),
                kindless);
    }
}
