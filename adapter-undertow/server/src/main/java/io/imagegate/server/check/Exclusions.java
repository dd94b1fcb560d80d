package io.imagegate.server.check;

import io.imagegate.reference.GlobSet;
import io.imagegate.text.Copies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders that are left out of a folder. Immutable. */
public final class Exclusions {

    /** Names of folders that hold no manifests of a project: files of Git, and of packages of Node.js. */
    private static final Set<String> ALWAYS = Set.of(".git", "node_modules");

    private final @Nullable GlobSet names;
    private final @Nullable GlobSet paths;
    private final Set<Path> written;

    private Exclusions(@Nullable GlobSet names, @Nullable GlobSet paths, Set<Path> written) {
        this.names = names;
        this.paths = paths;
        this.written = written;
    }

    /** {@return exclusions of the folders that are always left out} */
    public static Exclusions usual() {
        return new Exclusions(null, null, Set.of());
    }

    /**
     * {@return exclusions of the folders that are always left out, and of what globs match}
     *
     * @param globs each of a name, or with a slash of a path below the folder that is searched
     * @throws IllegalArgumentException if a glob can never match
     */
    public static Exclusions of(List<String> globs) {
        List<String> names = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (String glob : globs) {
            if (glob.indexOf('/') < 0) {
                names.add(glob);
            } else {
                paths.add(path(glob));
            }
        }
        return new Exclusions(
                names.isEmpty() ? null : GlobSet.of(names), paths.isEmpty() ? null : GlobSet.of(paths), Set.of());
    }

    /**
     * {@return these exclusions, and files that the run itself writes}
     *
     * @param files absolute paths
     */
    public Exclusions withWritten(Set<Path> files) {
        return new Exclusions(names, paths, Copies.of(files));
    }

    /** {@return whether the run itself writes a file, which then is not even counted} */
    boolean isWritten(Path file) {
        return !written.isEmpty() && written.contains(file.toAbsolutePath().normalize());
    }

    private static String path(String glob) {
        String start = glob.startsWith("./") ? glob.substring(2) : glob.startsWith("/") ? glob.substring(1) : glob;
        String path = start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
        if (path.isEmpty() || List.of(path.split("/", -1)).stream().anyMatch(Set.of("", ".", "..")::contains)) {
            throw new IllegalArgumentException(
                    "expected a glob of names, or of paths below the folder that is searched, got " + glob);
        }
        return path;
    }

    /** {@return what a folder is called that is left out; empty if it is searched} */
    Optional<String> folder(Path root, Path folder) {
        String name = name(folder);
        return ALWAYS.contains(name)
                ? Optional.of(name + " folder")
                : Optional.of("excluded folder").filter(what -> matches(root, folder));
    }

    /** {@return what a file is called that is left out; empty if it is read} */
    Optional<String> file(Path root, Path file) {
        return Optional.of("excluded file").filter(what -> matches(root, file));
    }

    private boolean matches(Path root, Path path) {
        return (names != null && names.matches(name(path)))
                || (paths != null
                        && paths.matches(root.relativize(path).toString().replace('\\', '/')));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
