package io.imagegate.input.compose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files of a run, as far as Compose files may extend or include them. Not thread-safe. */
final class ComposeRun {

    /** Whether each file is read as a Compose file. */
    private final Map<Path, Boolean> files = new HashMap<>();

    /** The same without links. Most runs never look for a file. */
    private final Map<Path, Boolean> real = new HashMap<>();

    void add(Path file, boolean isRead) {
        files.merge(file, isRead, Boolean::logicalOr);
    }

    private Map<Path, Boolean> real() {
        files.forEach((file, isRead) -> {
            try {
                real.merge(file.toRealPath(), isRead, Boolean::logicalOr);
            } catch (IOException missing) {
                // It is a problem when it is read.
            }
        });
        files.clear();
        return real;
    }

    /** {@return whether a file, without links, is in this run} */
    boolean has(Path file) {
        return real().containsKey(file);
    }

    /** {@return whether a file, without links, is read by itself as a Compose file} */
    boolean isRead(Path file) {
        return real().getOrDefault(file, false);
    }
}
