package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.dockerfile.Dockerfiles;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.place.FileNames;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.place.Variables;
import io.imagegate.syntax.Node;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that a Compose file extends or includes. Each is read once. They are in its folder or below, without links that lead out of
 * it, or files of the run. Not thread-safe.
 */
final class ComposeFiles {

    /** The default name; builders also know it in lower case. */
    static final String DOCKERFILE = "Dockerfile";

    private static final int MOST = 200;
    /** What Compose fetches from a registry or with git. */
    private static final Pattern REMOTE =
            Pattern.compile("(?s)(oci|https?|git|ssh)://.*|github\\.com/.*|[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:.*");
    /** How contexts of builds begin that are files and folders of this machine, but below the folder of a user. */
    private static final Pattern LOCAL = Pattern.compile("(?s)(?!~|github\\.com/)[^:]*");

    private static final Pattern OVERRIDE = Pattern.compile("(docker-)?compose\\.override\\.ya?ml");
    /** In the order in which Compose looks for them. */
    static final List<String> OVERRIDDEN =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    /** Most text of Dockerfiles: services may build one often. */
    private static final int LONGEST_DOCKERFILES = 4 << 20;

    private static final int SHOWN = 100;

    private final @Nullable Path folder;
    private final ComposeRun run;
    private final ComposeEnvironment environment;
    private final Map<Key, Other> read = new HashMap<>();

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

    /**
     * A file that a Compose file names.
     *
     * @param file what it is there
     * @param readAlone whether it is read by itself, with the same values of variables
     */
    record Other(ComposeFile file, boolean readAlone) {}

    /** A file, whose variables have the values of those that include it. */
    private record Key(Path path, ComposeEnvironment environment) {}

    /**
     * Creates an empty set.
     *
     * @param file the Compose file; null for a stream
     * @param run the files of this run
     */
    ComposeFiles(@Nullable Path file, ComposeRun run) throws IOException, InputException {
        this.folder =
                file == null ? null : file.toAbsolutePath().resolveSibling("").toRealPath();
        this.run = run;
        this.environment = ComposeEnvironment.of(folder);
    }

    /** {@return the Compose file} */
    ComposeFile root(String name, @Nullable Path path, String text) throws InputException {
        requireNamed(name);
        return ComposeFile.of(name, path, text, environment);
    }

    /** Refuses files that Compose reads in place of this one because {@code .env} says so, unless they are found by their names. */
    private void requireNamed(String name) throws InputException {
        Variables.Value files = environment.values().get("COMPOSE_FILE");
        if (files == null) {
            return;
        }
        boolean known = files.missing() == null && !environment.values().containsKey("COMPOSE_PATH_SEPARATOR");
        for (String file : files.text().toString().split(":", -1)) {
            if (!known || !isNamed(file)) {
                throw new InputException(
                        name,
                        1,
                        1,
                        "COMPOSE_FILE in .env: expected names of Compose files of this folder, got "
                                + SafeText.quote(known ? file : "${COMPOSE_FILE}", SHOWN)
                                + ": check what docker compose config prints");
            }
        }
    }

    private boolean isNamed(String file) {
        Path path = Objects.requireNonNull(folder).resolve(file).normalize();
        return path.startsWith(folder) && new Composes().isNamed(path);
    }

    /** {@return whether Compose reads another file of the folder before one with this name} */
    static boolean isOverride(Path file) {
        return OVERRIDE.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** {@return the file that Compose reads before one with this name; null if it reads none} */
    @Nullable
    ComposeFile overridden(ComposeFile file) throws InputException {
        Path path = file.path;
        if (folder == null || path == null || !isOverride(path)) {
            return null;
        }
        for (String name : OVERRIDDEN) {
            Path other = path.toAbsolutePath().resolveSibling(name);
            if (Files.exists(other)) {
                try {
                    Path real = other.toRealPath();
                    if (isAllowed(real)) {
                        return open(file, name, new Key(real, file.environment));
                    }
                } catch (IOException unusable) {
                    // It is no file to read.
                }
                throw new InputException(
                        file.name(),
                        1,
                        1,
                        "expected " + name + ", which Compose reads before it, as a file of its folder");
            }
        }
        return null;
    }

    /** {@return whether Compose fetches a file that another one includes} A local file of such a name is refused. */
    boolean isRemote(ComposeFile from, Node name) throws InputException {
        Variables.Value value = from.text(name, "a file");
        String text = value.text().toString();
        if (value.missing() != null || !REMOTE.matcher(text).matches()) {
            return false;
        }
        requireNotHere(from, name, text);
        return true;
    }

    /** {@return whether the context of a build is a folder of this machine} */
    static boolean isLocal(String context) {
        return LOCAL.matcher(context).matches();
    }

    private static void requireNotHere(ComposeFile from, Node place, String text) throws InputException {
        try {
            if (from.path == null || !Files.exists(from.path.toAbsolutePath().resolveSibling(text))) {
                return;
            }
        } catch (InvalidPathException noPath) {
            return;
        }
        throw from.malformed(
                place,
                "Compose takes " + SafeText.quote(text, SHOWN)
                        + " from elsewhere, and does not read what has this name here: rename that");
    }

    /** {@return a file that another one extends, with the variables of that one} */
    Other extended(ComposeFile from, Node name) throws InputException {
        if (isRemote(from, name)) {
            throw from.malformed(name, "expected a local file, got " + SafeText.quote(name.text(), SHOWN));
        }
        return find(from, name, false);
    }

    /** {@return a file that another one includes, with the variables of its folder, too} */
    Other included(ComposeFile from, Node name) throws InputException {
        return find(from, name, true);
    }

    private Other find(ComposeFile from, Node name, boolean included) throws InputException {
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
            if (!run.has(path) && (!path.startsWith(folder) || Path.of(text).isAbsolute())) {
                throw from.malformed(
                        name,
                        SafeText.quote(text, SHOWN)
                                + " is not below the folder of the Compose file: name it in the command," + " too");
            }
            Path own = path.resolveSibling("");
            Key key = new Key(path, included ? from.environment.including(own) : from.environment);
            Other known = read.get(key);
            if (known == null) {
                if (read.size() == MOST) {
                    throw from.malformed(name, "expected " + MOST + " other files at most");
                }
                known = new Other(open(from, name.text(), key), run.isRead(path) && key.environment.isOf(own));
                read.put(key, known);
            }
            return known;
        } catch (InvalidPathException | IOException unusable) {
            throw from.malformed(name, "expected a local file, got " + SafeText.quote(text, SHOWN));
        }
    }

    /**
     * {@return a Dockerfile; null if there is none, or none that is read}
     *
     * @param from the file that names it
     * @param place where it is named, for messages
     * @param context the folder of the build
     * @param name the name from that folder
     */
    @Nullable
    Dockerfile dockerfile(ComposeFile from, Node place, String context, String name) throws InputException {
        if (!isLocal(context)) {
            requireNotHere(from, place, context);
            return null;
        }
        if (name.contains("://")) {
            return null;
        }
        Path path;
        String found = name;
        try {
            Path in = from.path == null
                    ? Path.of(context)
                    : from.path.toAbsolutePath().resolveSibling(context);
            if (!in.isAbsolute()) {
                return null;
            }
            if (name.equals(DOCKERFILE) && !Files.exists(in.resolve(name))) {
                found = name.toLowerCase(Locale.ROOT);
            }
            path = in.resolve(found).toRealPath();
        } catch (InvalidPathException | IOException elsewhere) {
            return null;
        }
        boolean named = new Dockerfiles().isNamed(path);
        if (!Files.isRegularFile(path) || ((named || from.path == null) && !isAllowed(path))) {
            return null;
        }
        if (!isAllowed(path)) {
            throw from.malformed(
                    place,
                    SafeText.quote(name, SHOWN)
                            + " is not below the folder of the Compose file: name it in the command, too");
        }
        String shown =
                FileNames.beside(from.name(), Path.of(context).resolve(found).toString());
        return new Dockerfile(shown, path, run.has(path) && !Manifests.areIn(path), named);
    }

    private boolean isAllowed(Path path) {
        return run.has(path) || (folder != null && path.startsWith(folder));
    }

    /** {@return the text of a Dockerfile} */
    String text(Dockerfile file) throws IOException, InputException {
        try (InputStream in = Files.newInputStream(file.path)) {
            String text = PlainText.read(file.name, in);
            dockerfiles += text.length();
            if (dockerfiles > LONGEST_DOCKERFILES) {
                throw new InputException(
                        file.name,
                        1,
                        1,
                        "services build Dockerfiles too often: check what docker compose config prints");
            }
            return text;
        }
    }

    private ComposeFile open(ComposeFile from, String name, Key key) throws IOException, InputException {
        Path path = key.path;
        if (!Files.isRegularFile(path)) {
            throw new IOException("expected a regular file");
        }
        String shown = FileNames.beside(from.name(), name);
        try (InputStream in = Files.newInputStream(path)) {
            return ComposeFile.of(shown, path, PlainText.read(shown, in), key.environment);
        }
    }
}
