package io.imagegate.input.kustomize;

import io.imagegate.follow.SearchedFolders;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
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

    private static final Set<String> KINDS = Set.of(
            RELEASE,
            KUSTOMIZATION,
            APPLICATION,
            APPLICATION_SET,
            CHART,
            CHART_CONFIG,
            FluxInstance.KIND,
            ResourceSet.KIND);

    /** Lists of a kustomization to which those of an object are added. */
    private static final Set<String> LISTS =
            Set.of("components", "labels", "patches", "patchesJson6902", "patchesStrategicMerge");

    private static final int DEEPEST = 20;

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Consumer<ManifestNode> unread;
    private final DeployScan scan;
    private final DeployedFiles deployed;
    private final FluxObjects flux;
    private final ArgoObjects argo;
    private final Predicate<Path> isPart;
    private final Function<Path, Set<Path>> including;
    private final Set<String> open = new HashSet<>();
    /** What deploys something in files, also in ResourceSets. */
    private final Map<Path, List<ManifestNode>> withResources = new HashMap<>();

    /** Receives what a deployment makes. */
    interface Made {
        void object(KustomizedObject object) throws InputException;

        void value(InputObject object);

        void problem(InputException problem);
    }

    /**
     * Makes deployments.
     *
     * @param unread receives what names objects that are not read
     * @param isPart whether a kustomization includes a file, or the kustomization of a folder
     * @param including the folders of kustomizations that include a file
     * @param sources makes what finds sources
     */
    Deployments(
            KustomizeFiles files,
            KustomizeBudget budget,
            Consumer<ManifestNode> unread,
            DeployScan scan,
            DeployedFiles deployed,
            Predicate<Path> isPart,
            Function<Path, Set<Path>> including,
            Function<FluxSources.ChangedObjects, FluxSources> sources) {
        this.isPart = isPart;
        this.files = files;
        this.budget = budget;
        this.unread = unread;
        this.scan = scan;
        this.deployed = deployed;
        this.including = including;
        FluxSources repositories = sources.apply(this::madeOf);
        this.flux = new FluxObjects(deployed, repositories, budget);
        this.argo = new ArgoObjects(deployed, repositories, budget);
    }

    /** {@return whether an object deploys something} */
    static boolean isOne(ManifestNode object) {
        return KINDS.contains(kind(object).toString());
    }

    /** {@return whether an Application has what an override of Argo CD says} */
    boolean isApplied(Path override) {
        return argo.isApplied(override);
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
            case FluxInstance.KIND -> List.of(FluxInstance.controllers(object));
            case ResourceSet.KIND -> List.of();
            case APPLICATION -> argo.application(object, object);
            case APPLICATION_SET -> {
                ManifestNode patch = spec.field("templatePatch");
                if (patch != null) {
                    unread.accept(patch);
                }
                tellTemplates(ManifestNode.in(spec, "generators"));
                yield argo.application(object, ManifestNode.in(spec, "template"));
            }
            default -> List.of(argo.helmChart(object));
        };
    }

    /** Tells of templates of generators, which win over that of the ApplicationSet. */
    private void tellTemplates(ManifestNode generators) {
        for (ManifestNode generator : generators.elements) {
            for (ManifestNode one : generator.fields.values()) {
                ManifestNode own = ManifestNode.in(one, "template");
                if (!ManifestNode.in(own, "spec").fields.isEmpty()) {
                    unread.accept(own);
                }
                tellTemplates(ManifestNode.in(one, "generators"));
            }
        }
    }

    /**
     * {@return the folders that the objects of a file change when they deploy them; of a folder without a kustomization, the folders
     * and files that the controller makes one of; without links}
     */
    Set<Path> changed(Path file) {
        Set<Path> changed = new LinkedHashSet<>();
        int mark = budget.mark();
        for (ManifestNode object : withResources(file)) {
            try {
                for (DeployedSource source : sources(object)) {
                    if (source.folders() != null && source.values() == null && source.changesObjects()) {
                        for (Path folder : source.folders()) {
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
        budget.release(mark);
        return changed;
    }

    /** {@return the objects of a file that deploy something, and those in ResourceSets} */
    private List<ManifestNode> withResources(Path file) {
        List<ManifestNode> known = withResources.get(file);
        if (known != null) {
            return known;
        }
        List<ManifestNode> all = new ArrayList<>();
        for (ManifestNode object : scan.in(file)) {
            all.add(object);
            if (kind(object).toString().equals(ResourceSet.KIND)) {
                try {
                    ResourceSet.of(object, budget).resources().forEach(resource -> all.add(resource.object()));
                } catch (InputException unreadable) {
                    // It is a problem when it is read.
                }
            }
        }
        all.removeIf(object -> !isOne(object));
        withResources.put(file, all);
        return all;
    }

    /** {@return the objects that kustomizations and patches of what deploys them make of those in a file} What cannot be read makes none. */
    private List<ManifestNode> madeOf(Path file) {
        List<ManifestNode> made = new ArrayList<>();
        Set<Path> folders = including.apply(file);
        for (Path folder : folders) {
            addMade(() -> kustomization(folder), List.of(), made);
        }
        for (Path other : scan.all()) {
            for (ManifestNode object : withResources(other)) {
                if (hasPatches(object)) {
                    try {
                        addPatched(object, file, folders, made);
                    } catch (InputException unreadable) {
                        // It is a problem when it is read.
                    }
                }
            }
        }
        return made;
    }

    private void addPatched(ManifestNode object, Path file, Set<Path> including, List<ManifestNode> made)
            throws InputException {
        List<KustomizedObject> synced = file.equals(object.source.path()) ? synced(object) : List.of();
        for (DeployedSource source : sources(object)) {
            if (!synced.isEmpty()) {
                addMade(() -> chart(object, source), synced, made);
            }
            for (Path folder : source.folders() == null ? List.<Path>of() : source.folders()) {
                if (source.values() == null && (file.startsWith(folder) || including.contains(folder))) {
                    addMade(() -> changed(folder, object, source.changes()), List.of(), made);
                }
            }
        }
    }

    /** {@return whether an object may change sources of Flux that it deploys} */
    private boolean hasPatches(ManifestNode object) {
        ManifestNode spec = ManifestNode.in(object, "spec");
        return switch (kind(object).toString()) {
            case KUSTOMIZATION -> hasLists(spec);
            case FluxInstance.KIND -> hasLists(ManifestNode.in(spec, "kustomize"));
            case APPLICATION, APPLICATION_SET ->
                scan.hasOverrides()
                        || argoSources(object).stream()
                                .anyMatch(source -> hasLists(ManifestNode.in(source, "kustomize")));
            default -> false;
        };
    }

    private static boolean hasLists(ManifestNode changes) {
        return !Collections.disjoint(changes.fields.keySet(), LISTS);
    }

    /** Reads a kustomization. */
    @FunctionalInterface
    private interface Reading {
        Kustomization read() throws InputException;
    }

    private void addMade(Reading reading, List<KustomizedObject> given, List<ManifestNode> made) {
        int mark = budget.mark();
        try {
            new KustomizeBuild(files, budget, missing -> {}, scan::isWanted)
                    .objectsBesideOthers(reading.read(), given)
                    .forEach(object -> made.add(object.root));
        } catch (InputException unreadable) {
            // It is a problem when it is read.
        } finally {
            budget.release(mark);
        }
    }

    private Kustomization kustomization(Path folder) throws InputException {
        return new KustomizeBuild(files, budget, unread, scan::isWanted)
                .read(folder, deployed.paths.shown(folder).toString(), ManifestNode.named(folder));
    }

    static boolean hasKustomization(Path folder) {
        return Kustomization.FILES.stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /** {@return images that an object gives to charts and that are not replaced} */
    List<InputObject> unwritten(ManifestNode object) throws InputException {
        List<InputObject> all = new ArrayList<>();
        ObjectKind kind = kind(object);
        for (DeployedSource source : sources(object)) {
            ManifestNode values =
                    source.values() == null ? null : source.values().merged();
            if (values != null) {
                DeployedValues.unwritten(object, kind, values, kind.toString().equals(RELEASE))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /**
     * Deploys an object.
     *
     * @param deep whether folders are built, too
     * @param made receives what it makes
     */
    void deploy(KustomizedObject object, boolean deep, Made made) throws InputException {
        ManifestNode root = object.root;
        int mark = budget.mark();
        String key = root.source.path() + ":" + root.line + ":" + root.column;
        if (!isOne(root) || !open.add(key)) {
            made.object(object);
            return;
        }
        try {
            budget.deploy(root, open.size());
            ManifestNode rest = root.copy(budget);
            try {
                if (kind(root).toString().equals(ResourceSet.KIND)) {
                    deployResources(root, deep, made);
                }
                for (DeployedSource source : sources(root)) {
                    deploy(root, rest, source, deep && open.size() < DEEPEST, made);
                }
            } catch (InputException unreadable) {
                made.problem(unreadable);
            }
            strip(rest);
            made.object(new KustomizedObject(rest, false));
        } finally {
            budget.release(mark);
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
        List<Path> folders = source.folders() == null ? List.of() : source.folders();
        if (source.values() == null && folders.isEmpty() && source.folders() != null) {
            unread.accept(source.what());
        }
        if (source.values() != null || folders.isEmpty()) {
            // A chart here has its own files, and a HelmChartConfig has no chart.
            boolean isHere = !folders.isEmpty() || !source.isNamed() || source.values() == null;
            List<KustomizedObject> synced = synced(object);
            if (!isHere || !source.changes().fields.isEmpty() || !synced.isEmpty()) {
                build(
                        chart(object, source),
                        isHere ? reference -> {} : deployed.unread::chart,
                        source,
                        synced,
                        deep,
                        made);
            }
            return;
        }
        for (Path folder : folders) {
            if (deep && source.changesObjects()) {
                build(changed(folder, object, source.changes()), unread, source, List.of(), true, made);
            } else if (!deployed.paths.isInRun(folder)) {
                unread.accept(source.what());
            } else if (deep && source.files() != null) {
                deployWritten(source.files(), made);
            } else if (deep && isPart(folder, object)) {
                build(changed(folder, object, source.changes()), unread, source, List.of(), true, made);
            }
        }
    }

    /** {@return whether others include a folder, or files in it, so that they are judged only as parts of those} */
    private boolean isPart(Path folder, ManifestNode object) throws InputException {
        return hasKustomization(folder)
                ? isPart.test(folder)
                : candidates(folder, object).stream().anyMatch(isPart);
    }

    /** Deploys files as they are written, of which those that no kustomization includes are judged so anyway. */
    private void deployWritten(List<Path> written, Made made) throws InputException {
        for (Path file : written) {
            if ((isPart.test(file) || isNotSearched(file)) && !ArgoDirectory.isSkipped(deployed.content(file))) {
                for (ManifestNode document : deployed.documents(file)) {
                    for (ManifestNode object : DeployScan.objects(document)) {
                        deploy(new KustomizedObject(object, false), true, made);
                    }
                }
            }
        }
    }

    /** {@return whether a file is in a folder that is left out when folders are searched} */
    private static boolean isNotSearched(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(name -> SearchedFolders.LEFT_OUT.contains(name.toString()));
    }

    private void build(
            Kustomization kustomization,
            Consumer<ManifestNode> missing,
            DeployedSource source,
            List<KustomizedObject> given,
            boolean deep,
            Made made)
            throws InputException {
        KustomizeBuild build = new KustomizeBuild(files, budget, missing, scan::isWanted);
        try {
            List<KustomizedObject> objects = build.objectsBesideOthers(kustomization, given);
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
            deployTogether(objects, deep, made);
            build.loose().forEach(image -> made.value(image.object()));
        } catch (InputException unbuildable) {
            made.problem(unbuildable);
        }
    }

    /** Deploys objects that one kustomization makes: they find each other by the names that it gives them. */
    void deployTogether(List<KustomizedObject> objects, boolean deep, Made made) throws InputException {
        List<KustomizedObject> before = deployed.named.together(objects);
        try {
            for (KustomizedObject object : objects) {
                deploy(object, deep, made);
            }
        } finally {
            deployed.named.together(before);
        }
    }

    /** Deploys the objects in a ResourceSet. One with actions that cannot be read is told as a template. */
    private void deployResources(ManifestNode object, boolean deep, Made made) throws InputException {
        ResourceSet set = ResourceSet.of(object, budget);
        if (set.hasTemplates()) {
            deployed.unread.templates(object);
        }
        ManifestNode common = ManifestNode.in(ManifestNode.in(object, "spec"), "commonMetadata");
        List<KustomizedObject> all = new ArrayList<>();
        for (ResourceSet.Resource resource : set.resources()) {
            KustomizedObject one = new KustomizedObject(resource.object().copy(budget), false);
            one.describe(ManifestNode.in(common, "labels").fields, ManifestNode.in(common, "annotations").fields);
            all.add(one);
        }
        List<KustomizedObject> before = deployed.named.together(all);
        try {
            for (int i = 0; i < all.size(); i++) {
                try {
                    deploy(all.get(i), deep, made);
                } catch (InputException unreadable) {
                    if (budget.isSpent() || !set.resources().get(i).isTemplate()) {
                        throw unreadable;
                    }
                }
            }
        } finally {
            deployed.named.together(before);
        }
    }

    private static List<KustomizedObject> synced(ManifestNode object) {
        return kind(object).toString().equals(FluxInstance.KIND)
                ? FluxInstance.synced(object).stream()
                        .map(made -> new KustomizedObject(made, false))
                        .toList()
                : List.of();
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
        Path shown = deployed.paths.shown(folder);
        ManifestSource source = new ManifestSource(
                shown.resolve(Kustomization.FILES.get(0)).toString(),
                folder.resolve(Kustomization.FILES.get(0)),
                0,
                false);
        ManifestNode root =
                hasKustomization(folder) ? kustomization(folder).root.copy(budget) : generated(folder, source, object);
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

    /** An entry takes the place of those with its name; versions of the controllers differ in whether they join them. */
    private static ManifestNode images(@Nullable ManifestNode before, ManifestNode entries) throws InputException {
        List<ManifestNode> kept = new ArrayList<>(before == null ? List.of() : before.elements);
        Map<String, List<ManifestNode>> named = new HashMap<>();
        for (ManifestNode old : kept) {
            named.computeIfAbsent(old.text("name"), name -> new ArrayList<>()).add(old);
        }
        Map<String, ManifestNode> added = new LinkedHashMap<>();
        for (ManifestNode entry : entries.elements) {
            boolean hasVersion =
                    !entry.text("newTag").isEmpty() || !entry.text("digest").isEmpty();
            String name = entry.text("name");
            for (ManifestNode old : named.getOrDefault(name, List.of())) {
                boolean isJoined =
                        (entry.text("newName").isEmpty() && !old.text("newName").isEmpty())
                                || (!hasVersion && (old.field("newTag") != null || old.field("digest") != null));
                if (isJoined) {
                    throw entry.malformed("images: " + old.source.name() + ":" + old.line
                            + " has this name, too; what both make of an image depends on the version of the controller:"
                            + " write newName and newTag or digest");
                }
            }
            named.put(name, List.of(entry));
            added.remove(name);
            added.put(name, entry);
        }
        kept.removeIf(old -> added.containsKey(old.text("name")));
        ManifestNode images = entries.array();
        images.elements.addAll(kept);
        images.elements.addAll(added.values());
        return images;
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
        Set<Path> all = candidates(folder, object);
        all.removeIf(path -> !Files.isDirectory(path) && !hasObjects(path, object));
        return all;
    }

    private Set<Path> candidates(Path folder, ManifestNode object) throws InputException {
        Set<Path> all = new TreeSet<>();
        AtomicLong seen = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    seen.incrementAndGet();
                    if (!visited.equals(folder) && hasKustomization(visited)) {
                        all.add(visited);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return visited.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                    seen.incrementAndGet();
                    String name = String.valueOf(visited.getFileName());
                    if (attributes.isRegularFile() && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
                        all.add(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw object.malformed(
                    "the folder " + deployed.paths.shown(folder) + " cannot be read: " + unreadable.getMessage());
        }
        budget.look(object, seen.get());
        return all;
    }

    /** {@return whether a file has objects alone; other files are checked as they are} */
    private boolean hasObjects(Path file, ManifestNode reference) {
        try {
            List<ManifestNode> documents = files.resources(
                    new ManifestSource(deployed.paths.shown(file).toString(), file, 0, false), reference, budget);
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
            case RELEASE -> spec.fields.keySet().removeAll(List.of("postRenderers", "valuesFrom"));
            case KUSTOMIZATION -> spec.fields.keySet().removeAll(List.of("images", "patches", "postBuild"));
            case FluxInstance.KIND -> spec.fields.keySet().removeAll(List.of("kustomize", "sync"));
            case ResourceSet.KIND -> spec.fields.keySet().removeAll(ResourceSet.READ);
            case APPLICATION -> stripSources(rest);
            case APPLICATION_SET -> {
                spec.fields.remove("generators");
                stripSources(rest);
            }
            default -> spec.fields.keySet().removeAll(List.of("values", "valuesContent", "set", "jobImage"));
        }
    }

    private static void stripSources(ManifestNode application) {
        argoSources(application)
                .forEach(source -> source.fields.keySet().removeAll(List.of("helm", "kustomize", "directory")));
    }

    /** {@return the sources of an Application, or of the template of an ApplicationSet} */
    private static List<ManifestNode> argoSources(ManifestNode object) {
        ManifestNode own = ManifestNode.in(object, "spec");
        ManifestNode spec = kind(object).toString().equals(APPLICATION_SET)
                ? ManifestNode.in(ManifestNode.in(own, "template"), "spec")
                : own;
        List<ManifestNode> sources = new ArrayList<>(ManifestNode.in(spec, "sources").elements);
        sources.add(ManifestNode.in(spec, "source"));
        sources.add(ManifestNode.in(ManifestNode.in(spec, "sourceHydrator"), "drySource"));
        return sources;
    }
}
