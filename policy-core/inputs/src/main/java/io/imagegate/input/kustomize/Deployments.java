package io.imagegate.input.kustomize;

import io.imagegate.follow.SearchedFolders;
import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What objects of Flux, Argo CD and k3s deploy: folders as kustomizations with the changes of the object, and charts by their values. Not
 * thread-safe.
 */
final class Deployments {

    private static final int DEEPEST = 20;

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Consumer<ManifestNode> unread;
    private final DeployScan scan;
    private final DeployedFiles deployed;
    private final DeployingObjects deploying;
    private final ChangedKustomizations kustomizations;
    private final FolderResources resources;
    private final Predicate<Path> isPart;
    private final Set<String> open = new HashSet<>();

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
     * @param deploying what objects deploy
     * @param isPart whether a kustomization includes a file, or the kustomization of a folder
     */
    Deployments(
            KustomizeFiles files,
            KustomizeBudget budget,
            Consumer<ManifestNode> unread,
            DeployScan scan,
            DeployedFiles deployed,
            DeployingObjects deploying,
            ChangedKustomizations kustomizations,
            FolderResources resources,
            Predicate<Path> isPart) {
        this.files = files;
        this.budget = budget;
        this.unread = unread;
        this.scan = scan;
        this.deployed = deployed;
        this.deploying = deploying;
        this.kustomizations = kustomizations;
        this.resources = resources;
        this.isPart = isPart;
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
        DeployingKind kind = DeployingKind.of(root);
        if (kind == null || !open.add(key)) {
            made.object(object);
            return;
        }
        try {
            budget.deploy(root, open.size());
            ManifestNode rest = root.copy(budget);
            try {
                if (kind == DeployingKind.RESOURCE_SET) {
                    deployResources(root, deep, made);
                }
                for (DeployedSource source : deploying.sources(root)) {
                    deploy(root, rest, source, deep && open.size() < DEEPEST, made);
                }
            } catch (InputException unreadable) {
                made.problem(unreadable);
            }
            kind.strip(rest);
            made.object(new KustomizedObject(rest, false));
        } finally {
            budget.release(mark);
            open.remove(key);
        }
    }

    private void deploy(ManifestNode object, ManifestNode rest, DeployedSource source, boolean deep, Made made)
            throws InputException {
        ManifestNode values = source.values() == null ? null : source.values().merged();
        if (values != null && DeployingKind.RELEASE.isOf(object)) {
            ManifestNode.in(rest, "spec").fields.put("values", values);
        } else if (values != null) {
            DeployedValues.of(object, DeployingKind.objectKind(object), values).ifPresent(made::value);
        }
        ManifestNode job = DeployingKind.jobImage(object);
        if (job != null) {
            DeployedValues.of(object, DeployingKind.objectKind(object), job).ifPresent(made::value);
        }
        List<Path> folders = source.folders() == null ? List.of() : source.folders();
        if (source.values() == null && folders.isEmpty() && source.folders() != null) {
            unread.accept(source.what());
        }
        if (source.values() != null || folders.isEmpty()) {
            // A chart here has its own files, and a HelmChartConfig has no chart.
            boolean isHere = !folders.isEmpty() || !source.isNamed() || source.values() == null;
            List<KustomizedObject> synced = FluxInstance.made(object);
            if (!isHere || !source.changes().fields.isEmpty() || !synced.isEmpty()) {
                build(
                        ChangedKustomizations.ofChart(object, source),
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
                build(kustomizations.of(folder, object, source.changes()), unread, source, List.of(), true, made);
            } else if (!deployed.paths.isInRun(folder)) {
                unread.accept(source.what());
            } else if (deep && source.files() != null) {
                deployWritten(source.files(), made);
            } else if (deep && isPart(folder, object)) {
                build(kustomizations.of(folder, object, source.changes()), unread, source, List.of(), true, made);
            }
        }
    }

    /** {@return whether others include a folder, or files in it, so that they are judged only as parts of those} */
    private boolean isPart(Path folder, ManifestNode object) throws InputException {
        return Kustomization.isIn(folder)
                ? isPart.test(folder)
                : resources.candidates(folder, object).stream().anyMatch(isPart);
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
}
