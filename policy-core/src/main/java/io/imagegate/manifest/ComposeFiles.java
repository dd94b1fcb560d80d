package io.imagegate.manifest;

import io.imagegate.syntax.Node;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that a Compose file extends or includes. Each is read once. They are in its folder or below, without links that lead out of
 * it, or files of the run. Not thread-safe.
 */
final class ComposeFiles {

    private static final int MOST = 200;
    private static final int SHOWN = 100;

    private final @Nullable Path folder;
    private final ComposeRun run;
    private final Map<String, Variables.Value> environment;
    private final Map<Key, ComposeFile> read = new HashMap<>();

    /** A file, whose variables have other values where it is included. */
    private record Key(Path path, boolean included) {}

    /**
     * Creates an empty set.
     *
     * @param file the Compose file; null for a stream
     * @param run the files of this run
     */
    ComposeFiles(@Nullable Path file, ComposeRun run) throws IOException, ManifestException {
        this.folder =
                file == null ? null : file.toAbsolutePath().resolveSibling("").toRealPath();
        this.run = run;
        this.environment = folder == null ? Map.of() : ComposeEnvironment.of(folder);
    }

    /** {@return the Compose file} */
    ComposeFile root(String name, @Nullable Path path, String text) throws ManifestException {
        return ComposeFile.of(name, path, text, environment);
    }

    /** {@return a file that another one extends; null if it is read by itself. It has the variables of the Compose file} */
    @Nullable
    ComposeFile extended(ComposeFile from, Node name) throws ManifestException {
        return find(from, name, false);
    }

    /** {@return a file that another one includes; null if it is read by itself. It may have variables of its folder} */
    @Nullable
    ComposeFile included(ComposeFile from, Node name) throws ManifestException {
        return find(from, name, true);
    }

    private @Nullable ComposeFile find(ComposeFile from, Node name, boolean included) throws ManifestException {
        Variables.Value value = from.text(name, "a file");
        String text = value.text().toString();
        if (value.missing() != null) {
            throw from.malformed(name, SafeText.quote(name.text(), SHOWN) + ": expected a file without variables");
        }
        if (folder == null || from.path == null) {
            throw from.malformed(name, "a stream has no folder: expected no other files");
        }
        try {
            Path path = from.path.toAbsolutePath().resolveSibling(text).toRealPath();
            if (run.isRead(path) && hasSameValues(path)) {
                return null;
            }
            if (!run.has(path) && (!path.startsWith(folder) || Path.of(text).isAbsolute())) {
                throw from.malformed(
                        name,
                        SafeText.quote(text, SHOWN)
                                + " is not below the folder of the Compose file: name it in the command," + " too");
            }
            Key key = new Key(path, included);
            ComposeFile known = read.get(key);
            return known == null ? open(from, name, key) : known;
        } catch (InvalidPathException | IOException unusable) {
            throw from.malformed(name, "expected a local file, got " + SafeText.quote(text, SHOWN));
        }
    }

    /** {@return whether variables have the values in a file that they have where it is read by itself} */
    private boolean hasSameValues(Path file) throws IOException, ManifestException {
        Path own = file.resolveSibling("");
        return own.equals(folder)
                || (environment.isEmpty() && ComposeEnvironment.of(own).isEmpty());
    }

    /** {@return the values of an included file: a variable to which two folders give values has none that is known} */
    private Map<String, Variables.Value> values(Path file) throws IOException, ManifestException {
        Path own = file.resolveSibling("");
        if (own.equals(folder)) {
            return environment;
        }
        Map<String, Variables.Value> values = new HashMap<>(environment);
        ComposeEnvironment.of(own)
                .forEach((name, value) -> values.merge(name, value, (one, other) -> ComposeEnvironment.unknown(name)));
        return values;
    }

    private ComposeFile open(ComposeFile from, Node name, Key key) throws IOException, ManifestException {
        Path path = key.path;
        if (!Files.isRegularFile(path)) {
            throw new IOException("expected a regular file");
        }
        if (read.size() == MOST) {
            throw from.malformed(name, "expected " + MOST + " other files at most");
        }
        String shown =
                Path.of(from.name()).resolveSibling(name.text()).normalize().toString();
        try (InputStream in = Files.newInputStream(path)) {
            ComposeFile file =
                    ComposeFile.of(shown, path, PlainText.read(shown, in), key.included ? values(path) : environment);
            read.put(key, file);
            return file;
        }
    }
}
