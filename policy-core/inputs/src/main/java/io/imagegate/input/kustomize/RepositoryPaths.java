package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.kustomize.RepositoryUrls.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Paths in the repository that the files of a run are of. A path is looked for from every folder above the object that names it and that
 * is in the run: which of them is the root of the repository is not known. Not thread-safe.
 */
final class RepositoryPaths {

    /** How many visits take the time in which a file is looked for, for each folder in its path. */
    private static final int LOOKING = 20;

    private final KustomizeBudget budget;
    /** Folders of files of the run, by which names it has them. */
    private final Map<Path, Path> names = new HashMap<>();
    /** The same folders without links, by each name. */
    private final Map<Path, Path> realFolders = new HashMap<>();
    /** Files of the run, without links. */
    private final Map<Path, Path> reals = new HashMap<>();
    /** Folders with files of the run below them. */
    private final Set<Path> folders = new HashSet<>();
    /** The folder with all files of the run; null for none. */
    private @Nullable Path top;
    /** The root of the repository; null before it is looked for. */
    private @Nullable Path root;

    RepositoryPaths(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** Adds a file of the run, which may be no file. */
    void announce(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path above = top == null ? folder : top;
        while (above != null && folder != null && !folder.startsWith(above)) {
            above = above.getParent();
        }
        top = above;
        root = null;
    }

    /** Adds a file that is there. {@return the same without links} */
    Path add(Path file) throws IOException {
        Path folder = file.resolveSibling("");
        Path realFolder = realFolders.get(folder);
        if (realFolder == null) {
            realFolder = folder.toRealPath();
            realFolders.put(folder, realFolder);
            names.putIfAbsent(realFolder, folder);
        }
        boolean isLink = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isSymbolicLink();
        Path real = isLink ? file.toRealPath() : realFolder.resolve(file.getFileName());
        reals.put(file, real);
        for (Path above = real.getParent(); above != null && folders.add(above); above = above.getParent()) {
            // Up to one that is there already, with all above it.
        }
        return real;
    }

    /** {@return a file without links, as it was when it was added, if it was} */
    Path real(Path file) throws IOException {
        Path real = reals.get(file);
        return real == null ? file.toRealPath() : real;
    }

    /** {@return whether a file below a folder is in the run} */
    boolean isInRun(Path folder) {
        return folders.contains(folder);
    }

    /** {@return the folders that a path in a repository may mean, without links} */
    List<Path> folders(ManifestNode object, String path, Origin origin) throws InputException {
        return origin == Origin.ELSEWHERE
                ? List.of()
                : paths(object, path).stream().filter(Files::isDirectory).toList();
    }

    List<Path> paths(ManifestNode object, String path) throws InputException {
        budget.open(object);
        Set<Path> all = new LinkedHashSet<>();
        Path root = root();
        if (root == null || path.contains("{{") || path.contains("${")) {
            return List.of();
        }
        try {
            Path relative = Path.of(path.replaceFirst("^/+", "")).normalize();
            if (relative.startsWith("..")) {
                return List.of();
            }
            boolean isRoot = relative.toString().isEmpty();
            Path below = object.source.path().toAbsolutePath().getParent();
            Path real = root.toRealPath();
            for (Path from = isRoot ? real : below; from != null && from.startsWith(real); from = from.getParent()) {
                budget.visit(object, (long) LOOKING * from.getNameCount());
                Path target = from.resolve(relative);
                if (Files.exists(target) && target.toRealPath().startsWith(real)) {
                    all.add(target.toRealPath());
                }
            }
        } catch (IOException | InvalidPathException unusable) {
            return List.of();
        }
        return List.copyOf(all);
    }

    /** {@return the folder with a .git above all files of the run; else the current one if they are below it; else theirs} */
    @Nullable
    Path root() {
        if (root == null) {
            root = findRoot();
        }
        return root;
    }

    private @Nullable Path findRoot() {
        for (Path folder = top; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
        }
        Path current = Path.of("").toAbsolutePath();
        return top != null && top.startsWith(current) ? current : top;
    }

    /** {@return whether a path is there from the root of the repository on, where the controller looks for it} */
    boolean isAtRoot(String path) {
        Path root = root();
        try {
            return root != null && Files.exists(root.resolve(path.replaceFirst("^/+", "")));
        } catch (InvalidPathException unusable) {
            return false;
        }
    }

    /** {@return whether there is no file that a path may mean} */
    boolean hasNone(ManifestNode object, String path) throws InputException {
        return paths(object, path).isEmpty();
    }

    /** {@return a file or folder without links; null for one that does not exist or is not below the root} */
    @Nullable
    Path inTree(Path file) {
        Path root = root();
        try {
            Path real = file.toRealPath();
            return root != null && real.startsWith(root.toRealPath()) ? real : null;
        } catch (IOException missing) {
            return null;
        }
    }

    /** {@return a path as the run names its files} */
    Path shown(Path real) {
        for (Path above = real; above != null; above = above.getParent()) {
            Path named = names.get(above);
            if (named != null) {
                return named.resolve(above.relativize(real));
            }
        }
        Path folder = Path.of("").toAbsolutePath();
        return real.startsWith(folder) ? folder.relativize(real) : real;
    }
}
