package io.imagegate.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.ObjectReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The charts of a run, each as {@code helm template} prints it. Their values and templates are read as parts of them. A chart in the
 * folder {@code charts} of another one is a subchart: what it makes alone is told as of a base that a kustomization includes. So is an
 * object in a template that has no action, since it may be deployed without Helm. Not thread-safe.
 */
final class ChartInput implements Input {

    private static final String CHART = "Chart.yaml";
    private static final Set<String> FILES = Set.of("values.yaml", "values.schema.json");
    private static final Set<String> FOLDERS = Set.of("templates", "charts", "crds");

    private final Rendering rendering;
    private final Manifests manifests;
    private final Set<Path> charts = new HashSet<>();

    ChartInput(Rendering rendering, ObjectReading reading) {
        this.rendering = rendering;
        this.manifests = new Manifests(reading);
    }

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
        return file.endsWith(CHART);
    }

    @Override
    public void announce(Path file) {
        if (isNamed(file)) {
            rendering.copied(file).ifPresent(copied -> charts.add(Rendering.folder(file)));
        }
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && !file.isNamed() && (isChart(file.path()) || isOfChart(file.path()));
    }

    private boolean isChart(Path file) {
        return isNamed(file) && charts.contains(Rendering.folder(file));
    }

    /** {@return whether a chart has a file as one of its own, and not as another file beside it} */
    private boolean isOfChart(Path file) {
        Path below = Rendering.folder(file).resolve(file.getFileName());
        String name = String.valueOf(below.getFileName());
        for (Path folder = below.getParent(); folder != null; folder = folder.getParent()) {
            boolean isOwn = FOLDERS.contains(name) || (folder.equals(below.getParent()) && FILES.contains(name));
            if (isOwn && charts.contains(folder)) {
                return true;
            }
            name = String.valueOf(folder.getFileName());
        }
        return false;
    }

    private boolean isSubchart(Path folder) {
        Path parent = folder.getParent();
        return parent != null && parent.endsWith("charts") && charts.contains(parent.getParent());
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        Path path = file.path();
        if (path == null || !isChart(path)) {
            found.part("chart file", file.name(), path == null ? List.of() : plain(file, path));
            return;
        }
        boolean isSubchart = isSubchart(Rendering.folder(path));
        try {
            Optional<List<InputObject>> made = made(file, path);
            if (made.isEmpty()) {
                found.part("library chart", file.name(), List.of());
            } else if (isSubchart) {
                found.part("subchart", file.name(), made.get());
            } else {
                made.get().forEach(found::object);
            }
        } catch (IOException | InputException refused) {
            if (isSubchart) {
                found.unread(
                        "subchart",
                        new InputException(file.name(), "alone it is not rendered: " + refused.getMessage()));
            } else {
                found.problem(new InputException(file.name(), "not judged: " + refused.getMessage()));
            }
        }
    }

    /** {@return what a chart makes; empty if it is a library} */
    private Optional<List<InputObject>> made(InputFile file, Path path) throws IOException, InputException {
        Path folder = Rendering.folder(path);
        Path copied = rendering.copied(path).orElseThrow();
        Optional<String> missing = rendering.missingBelow(folder);
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        Confinement.Output output = rendering.helm().template(copied);
        if (output.status() != 0) {
            if (HelmTool.isLibrary(output)) {
                return Optional.empty();
            }
            throw new IOException("helm template: " + output.error());
        }
        String name = path.resolveSibling("").toString();
        rendering.noteChart(name, ChartDependence.of(copied));
        return Optional.of(RenderedObjects.read(
                manifests, output, file.name(), object -> template(path, copied, object.source())));
    }

    /** {@return the template that Helm names below the name of the chart; empty if there is no such file} */
    private static String template(Path chart, Path copied, String source) {
        Path named;
        try {
            named = Path.of(source).normalize();
        } catch (InvalidPathException none) {
            return "";
        }
        if (named.getNameCount() < 2 || named.startsWith("..")) {
            return "";
        }
        Path template = named.subpath(1, named.getNameCount());
        return Files.isRegularFile(copied.resolve(template))
                ? chart.resolveSibling(template).toString()
                : "";
    }

    /** {@return the objects of a file that is no template although it is among those of a chart} */
    private List<InputObject> plain(InputFile file, Path path) {
        List<InputObject> objects = new ArrayList<>();
        try {
            if (FILES.contains(String.valueOf(path.getFileName()))
                    || new String(file.start(), ISO_8859_1).contains("{{")) {
                return List.of();
            }
            manifests.readWhole(file, new InputListener() {
                @Override
                public void object(InputObject object) {
                    objects.add(new RenderedObject(object, file.name(), ""));
                }

                @Override
                public void problem(InputException problem) {}
            });
        } catch (IOException | InputException malformed) {
            // Helm reads it, too.
        }
        return objects;
    }
}
