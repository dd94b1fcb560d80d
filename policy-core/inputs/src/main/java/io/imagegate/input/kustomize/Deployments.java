package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.kubernetes.ObjectKind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What objects of Flux, Argo CD and k3s deploy: folders as kustomizations with the changes of the object, and charts by their values. Not
 * thread-safe.
 */
final class Deployments {

    private static final String RELEASE = "HelmRelease.helm.toolkit.fluxcd.io";
    private static final String KUSTOMIZATION = "Kustomization.kustomize.toolkit.fluxcd.io";
    private static final String APPLICATION = "Application.argoproj.io";
    private static final String APPLICATION_SET = "ApplicationSet.argoproj.io";
    private static final String CHART = "HelmChart.helm.cattle.io";
    private static final String CHART_CONFIG = "HelmChartConfig.helm.cattle.io";

    private static final Set<String> KINDS =
            Set.of(RELEASE, KUSTOMIZATION, APPLICATION, APPLICATION_SET, CHART, CHART_CONFIG);

    /** Lists of a kustomization to which those of an object are added. */
    private static final Set<String> LISTS =
            Set.of("components", "labels", "patches", "patchesJson6902", "patchesStrategicMerge");

    private static final int DEEPEST = 20;

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Consumer<ManifestNode> unread;
    private final DeployedFiles deployed;
    private final FluxObjects flux;
    private final ArgoObjects argo;
    private final Set<String> open = new HashSet<>();

    /** Receives what a deployment makes. */
    interface Made {
        void object(KustomizedObject object) throws InputException;

        void value(InputObject object);

        void problem(String problem);
    }

    Deployments(KustomizeFiles files, KustomizeBudget budget, Consumer<ManifestNode> unread, DeployedFiles deployed) {
        this.files = files;
        this.budget = budget;
        this.unread = unread;
        this.deployed = deployed;
        this.flux = new FluxObjects(deployed, budget);
        this.argo = new ArgoObjects(deployed, budget);
    }

    /** {@return whether an object deploys something} */
    static boolean isOne(ManifestNode object) {
        return KINDS.contains(kind(object).toString());
    }

    /** {@return whether objects of a kind do} */
    static boolean isKind(String kind) {
        return KINDS.contains(kind);
    }

    private static ObjectKind kind(ManifestNode object) {
        return ObjectKind.of(object.text("apiVersion"), object.text("kind"));
    }

    private List<DeployedSource> sources(ManifestNode object) throws InputException {
        ManifestNode spec = ManifestNode.in(object, "spec");
        return switch (kind(object).toString()) {
            case RELEASE -> List.of(flux.helmRelease(object));
            case KUSTOMIZATION -> List.of(flux.kustomization(object));
            case APPLICATION -> argo.application(object, spec);
            case APPLICATION_SET -> {
                ManifestNode patch = spec.field("templatePatch");
                if (patch != null) {
                    unread.accept(patch);
                }
                yield argo.application(object, ManifestNode.in(ManifestNode.in(spec, "template"), "spec"));
            }
            default -> List.of(argo.helmChart(object));
        };
    }

    /**
     * {@return the folders that the objects of a file change when they deploy them; of a folder without a kustomization, the folders
     * and files that the controller makes one of; without links}
     */
    Set<Path> changed(Path file) {
        Set<Path> changed = new LinkedHashSet<>();
        for (ManifestNode object : deployed.in(file)) {
            try {
                for (DeployedSource source : sources(object)) {
                    if (source.path() != null && source.values() == null && source.changesObjects()) {
                        for (Path folder : deployed.folders(object, source.path())) {
                            changed.addAll(hasKustomization(folder) ? List.of(folder) : resources(folder, object));
                            for (ManifestNode component : ManifestNode.in(source.changes(), "components").elements) {
                                KustomizeFiles.find(component, folder).ifPresent(changed::add);
                            }
                        }
                    }
                }
            } catch (InputException unreadable) {
                // It is a problem when it is read.
            }
        }
        return changed;
    }

    private static boolean hasKustomization(Path folder) {
        return Kustomization.FILES.stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /**
     * Deploys an object.
     *
     * @param deep whether folders are built, too
     * @param made receives what it makes
     */
    void deploy(KustomizedObject object, boolean deep, Made made) throws InputException {
        ManifestNode root = object.root;
        String key = root.source.path() + ":" + root.line;
        if (!isOne(root) || !open.add(key)) {
            made.object(object);
            return;
        }
        try {
            ManifestNode rest = root.copy(budget);
            try {
                for (DeployedSource source : sources(root)) {
                    deploy(root, rest, source, deep && open.size() < DEEPEST, made);
                }
            } catch (InputException unreadable) {
                made.problem(String.valueOf(unreadable.getMessage()));
            }
            strip(rest);
            made.object(new KustomizedObject(rest, false));
        } finally {
            open.remove(key);
        }
    }

    private void deploy(ManifestNode object, ManifestNode rest, DeployedSource source, boolean deep, Made made)
            throws InputException {
        ManifestNode values = source.values() == null ? null : source.values().merged();
        if (values != null && kind(object).toString().equals(RELEASE)) {
            ManifestNode.in(rest, "spec").fields.put("values", values);
        } else if (values != null) {
            DeployedValues.of(object, kind(object), values).ifPresent(made::value);
        }
        ManifestNode job = ManifestNode.in(object, "spec").field("jobImage");
        if (job != null && kind(object).toString().equals(CHART)) {
            ManifestNode image = job.object();
            image.fields.put("jobImage", job);
            DeployedValues.of(object, kind(object), image).ifPresent(made::value);
        }
        List<Path> folders = source.path() == null ? List.of() : deployed.folders(object, source.path());
        if (source.values() == null && folders.isEmpty() && source.path() != null) {
            unread.accept(source.what());
        }
        if (source.values() != null || folders.isEmpty()) {
            // A chart here has its own files, and a HelmChartConfig has no chart.
            boolean isHere = !folders.isEmpty() || !source.isNamed() || source.values() == null;
            if (!isHere || !source.changes().fields.isEmpty()) {
                build(chart(object, source), isHere ? reference -> {} : deployed::unreadChart, source, deep, made);
            }
            return;
        }
        for (Path folder : folders) {
            if (deep && source.changesObjects()) {
                build(changed(folder, object, source.changes()), unread, source, true, made);
            } else if (!deployed.isInRun(folder)) {
                unread.accept(source.what());
            }
        }
    }

    private void build(
            Kustomization kustomization, Consumer<ManifestNode> missing, DeployedSource source, boolean deep, Made made)
            throws InputException {
        KustomizeBuild build = new KustomizeBuild(files, budget, missing);
        try {
            List<KustomizedObject> objects = build.objects(kustomization);
            for (KustomizedObject object : objects) {
                if (source.labels() != null) {
                    object.describe(
                            ManifestNode.in(source.labels(), "labels").fields,
                            ManifestNode.in(source.labels(), "annotations").fields);
                }
                if (source.variables() != null) {
                    source.variables().apply(object.root, budget);
                }
            }
            for (KustomizedObject object : objects) {
                deploy(object, deep, made);
            }
            build.loose().forEach(image -> made.value(image.object()));
        } catch (InputException unbuildable) {
            made.problem(String.valueOf(unbuildable.getMessage()));
        }
    }

    /** {@return a kustomization of a chart, of which only the changes are known} */
    private static Kustomization chart(ManifestNode object, DeployedSource source) {
        ManifestNode root = source.what().object();
        root.fields.putAll(source.changes().fields);
        ManifestNode charts = root.array();
        charts.elements.add(source.what());
        root.fields.put("helmCharts", charts);
        return new Kustomization(
                Objects.requireNonNull(object.source.path().toAbsolutePath().getParent()), root);
    }

    /** {@return the kustomization of a folder with the changes of an object; without one, of all files in it} */
    private Kustomization changed(Path folder, ManifestNode object, ManifestNode changes) throws InputException {
        Path shown = deployed.shown(folder);
        ManifestSource source = new ManifestSource(
                shown.resolve(Kustomization.FILES.get(0)).toString(),
                folder.resolve(Kustomization.FILES.get(0)),
                0,
                false);
        ManifestNode root = hasKustomization(folder)
                ? new KustomizeBuild(files, budget, unread)
                        .read(folder, shown.toString(), ManifestNode.named(folder))
                        .root
                        .copy(budget)
                : generated(folder, source, object);
        for (Map.Entry<String, ManifestNode> change : changes.fields.entrySet()) {
            String name = change.getKey();
            ManifestNode value = change.getValue();
            ManifestNode before = root.field(name);
            if (name.equals("images")) {
                root.fields.put(name, images(before, value));
            } else if (LISTS.contains(name)) {
                ManifestNode all = value.array();
                all.elements.addAll(before == null ? List.of() : before.elements);
                for (ManifestNode element : value.elements) {
                    all.elements.add(name.equals("components") ? element.named(source) : element);
                }
                root.fields.put(name, all);
            } else if (name.equals("commonAnnotations") && before != null) {
                before.fields.putAll(value.fields);
            } else if (!value.isScalar() || !value.text.isEmpty()) {
                root.fields.put(name, value);
            }
        }
        return new Kustomization(folder, root);
    }

    /** An entry takes the place of one with its name; versions of the controllers differ in whether they join them. */
    private static ManifestNode images(@Nullable ManifestNode before, ManifestNode entries) throws InputException {
        ManifestNode all = entries.array();
        all.elements.addAll(before == null ? List.of() : before.elements);
        for (ManifestNode entry : entries.elements) {
            boolean hasVersion =
                    !entry.text("newTag").isEmpty() || !entry.text("digest").isEmpty();
            for (ManifestNode old : all.elements) {
                boolean isJoined =
                        (entry.text("newName").isEmpty() && !old.text("newName").isEmpty())
                                || (!hasVersion && (old.field("newTag") != null || old.field("digest") != null));
                if (old.text("name").equals(entry.text("name")) && isJoined) {
                    throw entry.malformed("images: " + old.source.name() + ":" + old.line
                            + " has this name, too; what both make of an image depends on the version of the controller:"
                            + " write newName and newTag or digest");
                }
            }
            all.elements.removeIf(old -> old.text("name").equals(entry.text("name")));
            all.elements.add(entry);
        }
        return all;
    }

    private ManifestNode generated(Path folder, ManifestSource source, ManifestNode object) throws InputException {
        ManifestNode root = ManifestNode.named(folder).named(source).object();
        ManifestNode resources = root.array();
        for (Path path : resources(folder, object)) {
            resources.elements.add(root.withText(folder.relativize(path).toString()));
        }
        root.fields.put("resources", resources);
        return root;
    }

    /** {@return what the controller of Flux makes a kustomization of: folders of kustomizations, and files with objects} */
    private Set<Path> resources(Path folder, ManifestNode object) throws InputException {
        Set<Path> all = new TreeSet<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    if (!visited.equals(folder) && hasKustomization(visited)) {
                        all.add(visited);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return visited.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                    String name = String.valueOf(visited.getFileName());
                    if (attributes.isRegularFile() && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
                        all.add(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw object.malformed(
                    "the folder " + deployed.shown(folder) + " cannot be read: " + unreadable.getMessage());
        }
        all.removeIf(path -> !Files.isDirectory(path) && !hasObjects(path, object));
        return all;
    }

    /** {@return whether a file has objects alone; other files are checked as they are} */
    private boolean hasObjects(Path file, ManifestNode reference) {
        try {
            List<ManifestNode> documents = files.documents(
                    new ManifestSource(deployed.shown(file).toString(), file, 0, false), reference, budget);
            return !documents.isEmpty()
                    && documents.stream()
                            .noneMatch(document -> document.text("kind").isEmpty());
        } catch (InputException unreadable) {
            return false;
        }
    }

    /** Removes what was read here. */
    private static void strip(ManifestNode rest) {
        ManifestNode spec = ManifestNode.in(rest, "spec");
        switch (kind(rest).toString()) {
            case RELEASE -> spec.fields.remove("postRenderers");
            case KUSTOMIZATION -> spec.fields.keySet().removeAll(List.of("images", "patches", "postBuild"));
            case APPLICATION -> stripSources(spec);
            case APPLICATION_SET -> {
                spec.fields.remove("generators");
                stripSources(ManifestNode.in(ManifestNode.in(spec, "template"), "spec"));
            }
            default -> spec.fields.keySet().removeAll(List.of("values", "valuesContent", "set", "jobImage"));
        }
    }

    private static void stripSources(ManifestNode spec) {
        List<ManifestNode> sources = new ArrayList<>(ManifestNode.in(spec, "sources").elements);
        sources.add(ManifestNode.in(spec, "source"));
        sources.forEach(source -> source.fields.keySet().removeAll(List.of("helm", "kustomize")));
    }
}
