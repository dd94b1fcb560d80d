package io.imagegate.manifest;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.kubernetes.FileObjects;
import io.imagegate.policy.PolicySet;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.workload.Workloads;
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

    private ManifestReader() {}

    /**
     * Reads a file by the places of {@link Workloads#wellKnown}. Objects that were passed on before an error remain valid.
     *
     * @param file name of the file, for messages
     * @param content content of the file; not closed
     * @param objects receives each object as soon as it is read
     * @throws InputException if the file cannot be read to its end as manifests
     * @throws IOException if the stream fails
     */
    public static void read(String file, InputStream content, Consumer<ManifestObject> objects)
            throws IOException, InputException {
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
     * @throws InputException if the file cannot be read to its end
     * @throws IOException if the stream fails
     */
    public static void read(
            String file,
            InputStream content,
            Workloads workloads,
            Consumer<ManifestObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        FileObjects.read(file, content, workloads, objects, kindless);
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
     * @throws InputException if the answer cannot be read to its end as a list
     * @throws IOException if the stream fails
     */
    public static String readPage(
            String name, InputStream content, Workloads workloads, Consumer<ManifestObject> objects)
            throws IOException, InputException {
        try {
            JsonCursor<InputException> cursor = JsonCursor.of(content, FileSyntax.LIMITS, FileSyntax.problems(name));
            if (!cursor.begin()) {
                throw new InputException(name, 1, 1, "expected a list of objects, got nothing");
            }
            String next =
                    FileObjects.walker(cursor, "", workloads, objects, null).page();
            if (cursor.begin()) {
                throw cursor.malformed("expected one list of objects");
            }
            return next;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
