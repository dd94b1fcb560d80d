package io.imagegate.manifest;

import io.imagegate.wire.JsonCursor;
import io.imagegate.wire.WireLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kubernetes manifests, in YAML with any number of documents or in JSON with any number of values, and recorded
 * reviews. Objects are handed over one by one, also those in an array and under {@code items} of any kind, which kubectl
 * takes for a list, so that the output of {@code kubectl get pods -A -o json} costs no more memory than one pod.
 *
 * <p>Nothing is passed over in silence: text that is neither YAML nor JSON in UTF-8, an object without a kind, a field
 * that comes twice, a merge key, a tag, a line break of YAML 1.1 alone, and whatever is over a limit is an error. YAML
 * aliases are followed.
 *
 * <p>The API version of a workload may be missing or that of another version. An object of an unknown kind
 * has no images if none of its fields could name one, or if the kind is known for that.
 *
 * @since 0.1
 */
public final class ManifestReader {

    private static final int SNIFFED = 8_192;
    private static final WireLimits LIMITS = WireLimits.DEFAULTS;

    private ManifestReader() {}

    /**
     * Reads a file. What was handed over before an error stands.
     *
     * @param file its name, for messages
     * @param content its content; not closed
     * @param objects takes each object as soon as it was read
     * @throws ManifestException if it cannot be read to its end as manifests
     * @throws IOException if the stream fails
     */
    public static void read(String file, InputStream content, Consumer<ManifestObject> objects)
            throws IOException, ManifestException {
        read(file, content, objects, null);
    }

    /**
     * Reads a file that may hold something else than manifests. What was handed over before an error stands.
     *
     * @param file its name, for messages
     * @param content its content; not closed
     * @param objects takes each object as soon as it was read
     * @param kindless takes the reason why a document, or an element of a list, is no object with a kind; null if that is
     *     an error
     * @throws ManifestException if it cannot be read to its end
     * @throws IOException if the stream fails
     */
    public static void read(
            String file,
            InputStream content,
            Consumer<ManifestObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
        BufferedInputStream buffered = new BufferedInputStream(content, SNIFFED);
        try {
            if (ManifestSyntax.of(file, buffered) == ManifestSyntax.JSON) {
                JsonCursor<ManifestException> cursor = JsonCursor.of(
                        buffered,
                        LIMITS,
                        (line, column, problem) -> new ManifestException(file, line, column, problem));
                ManifestWalker<ManifestException> walker =
                        new ManifestWalker<>(cursor, file, LIMITS, objects, kindless);
                while (cursor.begin()) {
                    walker.document();
                }
            } else {
                ManifestCursor cursor = new ManifestCursor(new ManifestEvents(file, buffered), file, LIMITS);
                ManifestWalker<ManifestException> walker =
                        new ManifestWalker<>(cursor, file, LIMITS, objects, kindless);
                while (cursor.begin()) {
                    walker.document();
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }
}
