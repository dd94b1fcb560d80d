package io.imagegate.document;

import io.imagegate.wire.JsonCursor;
import io.imagegate.wire.WireLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Reads Kubernetes manifests, in YAML with any number of documents or in JSON with any number of values, and recorded
 * reviews. Objects are handed over one by one, also those in a {@code List} or another list kind, so that the output of
 * {@code kubectl get pods -A -o json} costs no more memory than one pod.
 *
 * <p>Nothing is passed over in silence: text that is neither YAML nor JSON, an object without a kind, a field that comes
 * twice, a merge key, a tag, and whatever is over a limit is an error. YAML aliases are followed.
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
        BufferedInputStream buffered = new BufferedInputStream(content, SNIFFED);
        try {
            if (isJson(buffered)) {
                readJson(file, buffered, objects);
            } else {
                readYaml(file, buffered, objects);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void readJson(String file, InputStream content, Consumer<ManifestObject> objects)
            throws ManifestException {
        JsonCursor<ManifestException> cursor = JsonCursor.of(
                content, LIMITS, (line, column, problem) -> new ManifestException(file, line, column, problem));
        ManifestWalker<ManifestException> walker = new ManifestWalker<>(cursor, file, LIMITS, objects);
        while (cursor.begin()) {
            walker.document();
        }
    }

    private static void readYaml(String file, InputStream content, Consumer<ManifestObject> objects)
            throws ManifestException {
        ManifestCursor cursor = new ManifestCursor(new ManifestEvents(file, content), file, LIMITS);
        ManifestWalker<ManifestException> walker = new ManifestWalker<>(cursor, file, LIMITS, objects);
        while (cursor.begin()) {
            walker.document();
        }
    }

    /** Whether the first character is a brace, which kubectl takes for JSON too; goes behind a byte order mark of it. */
    private static boolean isJson(BufferedInputStream content) throws IOException {
        content.mark(SNIFFED);
        byte[] start = content.readNBytes(SNIFFED);
        content.reset();
        boolean mark =
                start.length > 2 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF;
        int at = mark ? 3 : 0;
        while (at < start.length && Character.isWhitespace(start[at])) {
            at++;
        }
        boolean json = at < start.length && start[at] == '{';
        if (json && mark) {
            content.skipNBytes(3);
        }
        return json;
    }
}
