package io.imagegate.cli.check;

import io.imagegate.reference.GlobSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Globs of files and folders: each of a name, or with a slash of the path below the folder that is searched. Immutable. */
public final class PathGlobs {

    private final @Nullable GlobSet names;
    private final @Nullable GlobSet paths;

    private PathGlobs(@Nullable GlobSet names, @Nullable GlobSet paths) {
        this.names = names;
        this.paths = paths;
    }

    /**
     * {@return globs}
     *
     * @param globs the globs, in which {@code *} matches any characters; without one nothing matches
     * @throws IllegalArgumentException if a glob can never match
     */
    public static PathGlobs of(List<String> globs) {
        List<String> names = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (String glob : globs) {
            if (glob.indexOf('/') < 0) {
                names.add(glob);
            } else {
                paths.add(path(glob));
            }
        }
        return new PathGlobs(names.isEmpty() ? null : GlobSet.of(names), paths.isEmpty() ? null : GlobSet.of(paths));
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

    /**
     * {@return whether a glob matches a file or folder}
     *
     * @param root the folder that is searched; null for a path that is named
     */
    boolean matches(@Nullable Path root, Path path) {
        Path below = root == null ? path.normalize() : root.relativize(path);
        return (names != null && names.matches(String.valueOf(path.getFileName())))
                || (paths != null && paths.matches(below.toString().replace('\\', '/')));
    }
}
