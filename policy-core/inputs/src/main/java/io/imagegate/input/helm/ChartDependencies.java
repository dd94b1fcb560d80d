package io.imagegate.input.helm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.place.UnreadName;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Charts that a chart deploys with its own and that are not in a folder: packages in its folder {@code charts}, and dependencies that
 * Helm would fetch. They are counted and not read. A folder in {@code charts} is read like any other.
 */
public final class ChartDependencies implements Input {

    private static final String CHART = "Chart.yaml";
    private static final Set<String> FILES = Set.of(CHART, "requirements.yaml");
    private static final String DEPENDENCIES = "dependencies";
    private static final String FOLDER = "charts";
    private static final String PACKAGE = ".tgz";
    private static final String LOCAL = "file://";

    /** The files of charts of the run, without links. */
    private final Set<Path> charts = new HashSet<>();

    private final NavigableSet<String> packages = new TreeSet<>();

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public boolean isOfStreams() {
        return false;
    }

    @Override
    public boolean isNamed(Path file) {
        return FILES.contains(String.valueOf(file.getFileName())) || isPackage(file);
    }

    private static boolean isPackage(Path file) {
        if (!file.toString().endsWith(PACKAGE)) {
            return false;
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder != null && folder.endsWith(FOLDER) && Files.isRegularFile(folder.resolveSibling(CHART));
    }

    @Override
    public void announce(Path file) {
        Path real = isNamed(file) ? real(file) : null;
        if (real != null && isPackage(file)) {
            packages.add(real.toString());
        } else if (real != null) {
            charts.add(real);
        }
    }

    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        return path != null && !file.isNamed() && isNamed(path) && (isPackage(path) || mayHaveDependencies(file, path));
    }

    private static boolean mayHaveDependencies(InputFile file, Path path) throws IOException {
        byte[] start = file.start();
        return Files.isRegularFile(path.resolveSibling(CHART))
                && (start.length == InputFile.LOOKED_AT || new String(start, ISO_8859_1).contains(DEPENDENCIES));
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException {
        Path path = Objects.requireNonNull(file.path(), "recognised by its path");
        if (isPackage(path)) {
            found.unread(
                    InputListener.CHART, new InputException(file.name(), "a packaged chart: " + UnreadParts.RENDERED));
            return;
        }
        try {
            boolean complete = true;
            for (Node document : TreeInput.yaml(file.name(), TreeInput.content(file.name(), file.in()))) {
                for (Node dependency : elements(document.field(DEPENDENCIES))) {
                    if (!isHere(path, dependency)) {
                        String name = UnreadName.of(text(dependency, "name"));
                        found.unreadPart(
                                InputListener.CHART,
                                file.name() + ":" + dependency.line() + ": " + name,
                                UnreadParts.RENDERED);
                        complete = false;
                    }
                }
            }
            if (complete) {
                found.skipped("its dependencies are folders that are read by themselves");
            }
        } catch (InputException malformed) {
            String why = "line " + malformed.line() + ": " + malformed.problem() + "; " + UnreadParts.RENDERED;
            found.unread(InputListener.CHART, new InputException(file.name(), why));
        }
    }

    private static List<Node> elements(@Nullable Node dependencies) {
        return dependencies == null ? List.of() : dependencies.elements();
    }

    private static String text(Node dependency, String field) {
        Node value = dependency.field(field);
        return value == null ? "" : value.text();
    }

    /** {@return whether the chart of a dependency is a folder or a package of the run} */
    private boolean isHere(Path file, Node dependency) {
        String name = text(dependency, "name");
        String repository = text(dependency, "repository");
        try {
            Path folder = file.toAbsolutePath().resolveSibling(FOLDER).toRealPath();
            String start = folder.resolve(name + "-").toString();
            String first = packages.ceiling(start);
            if (first != null && first.startsWith(start)) {
                return true;
            }
        } catch (IOException | InvalidPathException none) {
            // It has no such folder.
        }
        return isInRun(file, FOLDER + "/" + name)
                || (repository.startsWith(LOCAL) && isInRun(file, repository.substring(LOCAL.length())));
    }

    private boolean isInRun(Path file, String folder) {
        try {
            Path chart = real(file.toAbsolutePath().resolveSibling(folder).resolve(CHART));
            return chart != null && charts.contains(chart);
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private static @Nullable Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException missing) {
            return null;
        }
    }
}
