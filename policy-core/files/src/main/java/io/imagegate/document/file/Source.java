package io.imagegate.document.file;

import io.imagegate.document.yaml.Problems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Source of a document: its name in messages, and the folder for files that it refers to. */
public record Source(String name, @Nullable Path folder, SourceFiles files, Problems problems) {

    public static Source of(Path file, SourceFiles files, Problems problems) {
        return new Source(file.toString(), file.resolveSibling(""), files, problems);
    }

    boolean hasFolder() {
        return folder != null;
    }

    /**
     * {@return the file with this name in the same folder; empty if the name points elsewhere, or there is no folder}
     */
    Optional<Path> beside(String file) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(file);
            boolean plain = !path.isAbsolute() && path.getNameCount() == 1 && !file.equals("..") && !file.isEmpty();
            return plain ? Optional.of(folder.resolve(path)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** {@return the file of this name, which starts at the folder; empty if no file can have it, or there is no folder} */
    Optional<Path> from(String file) {
        if (folder == null || file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.resolve(Path.of(file)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
