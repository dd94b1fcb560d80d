package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run in which objects of Flux, Argo CD and k3s stand, and those that they name: folders, files of values, ConfigMaps. A
 * path in a repository is looked for from every folder above the object that is in the run: which of them is the root of the repository
 * is not known. Not thread-safe.
 */
final class DeployedFiles {

    private static final List<String> GROUPS = List.of("toolkit.fluxcd.io/", "argoproj.io/", "helm.cattle.io/");
    private static final Pattern KINDS = Pattern.compile(
            "kind[\"']?\\s*:\\s*[\"']?(HelmRelease|Kustomization|Application|ApplicationSet|HelmChart|HelmChartConfig)\\b");

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final UnreadParts unread;
    private final Map<Path, List<ManifestNode>> found = new LinkedHashMap<>();
    private final Set<Path> scanned = new LinkedHashSet<>();
    private final Set<Path> withConfigMaps = new LinkedHashSet<>();
    private @Nullable List<ManifestNode> configMaps;
    /** The folder with all files of the run; null for none. */
    private @Nullable Path top;

    DeployedFiles(KustomizeFiles files, KustomizeBudget budget, UnreadParts unread) {
        this.files = files;
        this.budget = budget;
        this.unread = unread;
    }

    /** Looks for objects that deploy something in a file of the run. */
    void announce(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path above = top == null ? folder : top;
        while (above != null && folder != null && !folder.startsWith(above)) {
            above = above.getParent();
        }
        top = above;
        try {
            scan(file);
        } catch (IOException | InputException unreadable) {
            // It is a problem when it is read.
        }
    }

    private void scan(Path file) throws IOException, InputException {
        Path real = file.toRealPath();
        if (!Files.isRegularFile(real) || !scanned.add(real)) {
            return;
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(real)) {
            content = in.readNBytes(KustomizeFiles.LONGEST);
        }
        String text = new String(content, ISO_8859_1);
        if (text.contains("ConfigMap")) {
            withConfigMaps.add(file);
        }
        if (GROUPS.stream().anyMatch(text::contains) && KINDS.matcher(text).find()) {
            budget.begin();
            List<ManifestNode> deploying = new ArrayList<>();
            for (ManifestNode document : files.documents(
                    new ManifestSource(file.toString(), real, 0, false), ManifestNode.named(file), budget)) {
                addAll(document, Deployments::isOne, deploying);
            }
            if (!deploying.isEmpty()) {
                found.put(real, deploying);
            }
        }
    }

    private static void addAll(ManifestNode value, Predicate<ManifestNode> wanted, List<ManifestNode> all) {
        ManifestNode items = ManifestNode.in(value, "items");
        if (value.isArray() || items.isArray()) {
            for (ManifestNode element : value.isArray() ? value.elements : items.elements) {
                addAll(element, wanted, all);
            }
        } else if (value.isObject() && wanted.test(value)) {
            all.add(value);
        }
    }

    /** {@return the objects in a file of the run that deploy something} */
    List<ManifestNode> in(Path file) {
        try {
            return found.getOrDefault(file.toRealPath(), List.of());
        } catch (IOException missing) {
            return List.of();
        }
    }

    /** {@return the files with such objects, without links} */
    Set<Path> all() {
        return found.keySet();
    }

    /** {@return whether a file below a folder is in the run} */
    boolean isInRun(Path folder) {
        return scanned.stream().anyMatch(file -> file.startsWith(folder));
    }

    /** {@return the folders that a path in a repository may mean, without links} */
    List<Path> folders(ManifestNode object, String path) {
        return paths(object, path).stream().filter(Files::isDirectory).toList();
    }

    /** {@return whether a folder that a path may mean has a chart} */
    boolean hasChart(ManifestNode object, String path) {
        return folders(object, path).stream().anyMatch(folder -> Files.isRegularFile(folder.resolve("Chart.yaml")));
    }

    private List<Path> paths(ManifestNode object, String path) {
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
    private @Nullable Path root() {
        for (Path folder = top; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
        }
        Path current = Path.of("").toAbsolutePath();
        return top != null && top.startsWith(current) ? current : top;
    }

    /**
     * Adds a file of values.
     *
     * @param path the folder that the name is relative to
     * @param fromRoot whether a name with a slash before it is one from the root of the repository
     * @return whether there is one
     */
    boolean values(ManifestNode object, String path, String name, boolean fromRoot, ChartLayers layers)
            throws InputException {
        String whole = fromRoot && name.startsWith("/") ? name : path + "/" + name;
        List<Path> named =
                paths(object, whole).stream().filter(Files::isRegularFile).toList();
        if (named.size() != 1) {
            return false;
        }
        Path file = named.get(0);
        Path shown = shown(file);
        for (ManifestNode document : files.documents(
                new ManifestSource(shown.toString(), file, 0, false), ManifestNode.named(shown), budget)) {
            layers.add(document);
        }
        return true;
    }

    /** {@return a path as the run names its files} */
    Path shown(Path real) {
        Path folder = Path.of("").toAbsolutePath();
        return real.startsWith(folder) ? folder.relativize(real) : real;
    }

    /** {@return the values in a text} */
    ManifestNode document(ManifestNode text) throws InputException {
        ManifestSource source = new ManifestSource(text.source.name(), text.source.path(), text.line, true);
        budget.open(text);
        List<ManifestNode> documents = ManifestDocuments.read(source, text.text.getBytes(UTF_8), budget);
        return documents.isEmpty() ? text.object() : documents.get(0);
    }

    /** {@return the data of a ConfigMap of the run; null if it is none, or if several have the name} */
    @Nullable
    ManifestNode configMap(ManifestNode object, ManifestNode reference) throws InputException {
        ManifestNode only = null;
        String namespace = ManifestNode.in(object, "metadata").text("namespace");
        if (!reference.text("kind").equals("ConfigMap")) {
            return null;
        }
        for (ManifestNode map : configMaps()) {
            ManifestNode metadata = ManifestNode.in(map, "metadata");
            String other = metadata.text("namespace");
            if (metadata.text("name").equals(reference.text("name"))
                    && (namespace.isEmpty() || other.isEmpty() || namespace.equals(other))) {
                if (only != null) {
                    return null;
                }
                only = ManifestNode.in(map, "data");
            }
        }
        return only;
    }

    private List<ManifestNode> configMaps() {
        List<ManifestNode> all = configMaps;
        if (all == null) {
            all = new ArrayList<>();
            for (Path file : withConfigMaps) {
                try {
                    ManifestSource source = new ManifestSource(file.toString(), file.toRealPath(), 0, false);
                    for (ManifestNode document : files.documents(source, ManifestNode.named(file), budget)) {
                        addAll(document, value -> value.text("kind").equals("ConfigMap"), all);
                    }
                } catch (IOException | InputException unreadable) {
                    // It is a problem when it is read.
                }
            }
            configMaps = all;
        }
        return all;
    }

    /** Tells of a chart, whose templates and defaults are not here. */
    void unreadChart(ManifestNode chart) {
        unread.add(
                InputListener.CHART,
                chart.source.name() + ":" + chart.line + ": " + UnreadResource.name(chart),
                "expected what Helm makes of it, as in helm template CHART | imagegate check --policy FILE -");
    }

    /** Tells of values that an object names and that are not here. */
    void unread(ManifestNode reference, String what) {
        String name = reference.isScalar()
                ? SafeText.quote(reference.text, 100)
                : (reference.text("kind") + " " + reference.text("name")).strip();
        unread.add(
                "Helm values source",
                reference.source.name() + ":" + reference.line + ": " + name,
                "expected " + what + " in files of this run");
    }
}
