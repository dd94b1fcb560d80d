package io.imagegate.input.kustomize;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text that values are read from.
 *
 * @param name the name of its file, for messages
 * @param path the file
 * @param line number of the line before the text; 0 for the whole file
 * @param isInline whether it is a text in a value of the file
 * @param text the value that has the text as it is; null if it is none, or has more
 */
record ManifestSource(
        String name,
        Path path,
        int line,
        boolean isInline,
        @Nullable ManifestNode text) {

    ManifestSource(String name, Path path, int line, boolean isInline) {
        this(name, path, line, isInline, null);
    }
}
