package io.imagegate.console;

import io.imagegate.text.ResourceLines;
import io.imagegate.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of the pages, which the build put into the jar with a list of them. They are read when the first is asked for. A path
 * from a browser is only compared with those of the list.
 */
final class WebFiles {

    /** Where the build puts them. */
    static final String BUNDLED = "web/";

    private final String folder;
    private @Nullable Map<String, WebFile> files;

    /**
     * Names the folder.
     *
     * @param folder the resources, below this package
     */
    WebFiles(String folder) {
        this.folder = folder;
    }

    /**
     * {@return the file with a path, if there is one}
     *
     * @param path the path below the folder
     */
    synchronized Optional<WebFile> find(String path) {
        if (files == null) {
            files = read();
        }
        return Optional.ofNullable(files.get(path));
    }

    private Map<String, WebFile> read() {
        Map<String, WebFile> read = new HashMap<>();
        for (String line : ResourceLines.read(open("index.txt"))) {
            String[] fields = line.split("\t", 3);
            read.put(fields[0], read(fields[0], fields[1], List.of(fields[2].split(" ", -1))));
        }
        return read;
    }

    private WebFile read(String path, String mediaType, List<String> flags) {
        byte[] content = bytes(path);
        byte[] gzipped = flags.contains("gzip") ? bytes(path + ".gz") : null;
        if (path.endsWith(".html")) {
            return new WebFile(mediaType, content, gzipped, null, PageAnswers.NOT_KEPT);
        }
        String caching = flags.contains("immutable") ? "public, max-age=31536000, immutable" : "no-cache";
        return new WebFile(mediaType, content, gzipped, "\"" + Sha256.hex(content) + "\"", caching);
    }

    private byte[] bytes(String path) {
        try (InputStream resource = Objects.requireNonNull(open(path), path)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable InputStream open(String path) {
        return WebFiles.class.getResourceAsStream(folder + path);
    }
}
