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
    /** Most text of Dockerfiles: services may build one often. */
    private static final int LONGEST_DOCKERFILES = 16 << 20;

    private static final int SHOWN = 100;

    private final @Nullable Path folder;
    private final ComposeRun run;
    private final Map<String, Variables.Value> environment;
    private final Map<Key, ComposeFile> read = new HashMap<>();

    private int dockerfiles;

    /**
     * A Dockerfile that a service is built from.
     *
     * @param name its name, for messages
     * @param path where it is, without links
     * @param readAlone whether it is read by itself, with the defaults of its arguments
     * @param named whether its name is that of a Dockerfile
     */
    record Dockerfile(String name, Path path, boolean readAlone, boolean named) {}

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

    /**
     * {@return a Dockerfile; null if there is none}
     *
     * @param from the file that names it
     * @param place where it is named, for messages
     * @param context the folder of the build
     * @param name the name from that folder
     */
    @Nullable
    Dockerfile dockerfile(ComposeFile from, Node place, String context, String name) throws ManifestException {
        if (folder == null || from.path == null) {
            return null;
        }
        Path path;
        try {
            path = from.path
                    .toAbsolutePath()
                    .resolveSibling(context)
                    .resolve(name)
                    .toRealPath();
        } catch (InvalidPathException | IOException elsewhere) {
            return null;
        }
        boolean named = new Dockerfiles().isNamed(path);
        if (!Files.isRegularFile(path) || (named && !isAllowed(path))) {
            return null;
        }
        if (!isAllowed(path)) {
            throw from.malformed(
                    place,
                    SafeText.quote(name, SHOWN)
                            + " is not below the folder of the Compose file: name it in the command, too");
        }
        String shown = Path.of(from.name())
                .resolveSibling(context)
                .resolve(name)
                .normalize()
                .toString();
        return new Dockerfile(shown, path, run.has(path) && !Manifests.areIn(path), named);
    }

    private boolean isAllowed(Path path) {
        return run.has(path) || (folder != null && path.startsWith(folder));
    }

    /** {@return the text of a Dockerfile} */
    String text(Dockerfile file) throws IOException, ManifestException {
        try (InputStream in = Files.newInputStream(file.path)) {
            String text = PlainText.read(file.name, in);
            dockerfiles += text.length();
            if (dockerfiles > LONGEST_DOCKERFILES) {
                throw new ManifestException(
                        file.name,
                        1,
                        1,
                        "services build Dockerfiles too often: check what docker compose config prints");
            }
            return text;
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
