package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What kustomizations of a run, and patches of objects that deploy them, make of the objects in a file: a source of Flux may be patched.
 * What cannot be read makes none. Not thread-safe.
 */
final class PatchedObjects implements FluxSources.ChangedObjects {

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final DeployScan scan;
    private final ChangedKustomizations kustomizations;
    private final Function<Path, Set<Path>> including;
    private final DeployingObjects deploying;

    /**
     * Makes a finder.
     *
     * @param including the folders of kustomizations that include a file
     */
    PatchedObjects(
            KustomizeFiles files,
            KustomizeBudget budget,
            DeployScan scan,
            ChangedKustomizations kustomizations,
            Function<Path, Set<Path>> including,
            DeployingObjects deploying) {
        this.files = files;
        this.budget = budget;
        this.scan = scan;
        this.kustomizations = kustomizations;
        this.including = including;
        this.deploying = deploying;
    }

    @Override
    public List<ManifestNode> of(Path file) {
        List<ManifestNode> made = new ArrayList<>();
        Set<Path> folders = including.apply(file);
        for (Path folder : folders) {
            addMade(() -> kustomizations.of(folder), List.of(), made);
        }
        for (Path other : scan.all()) {
            for (ManifestNode object : deploying.in(other)) {
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
        List<KustomizedObject> synced = file.equals(object.source.path()) ? FluxInstance.made(object) : List.of();
        for (DeployedSource source : deploying.sources(object)) {
            if (!synced.isEmpty()) {
                addMade(() -> ChangedKustomizations.ofChart(object, source), synced, made);
            }
            for (Path folder : source.folders() == null ? List.<Path>of() : source.folders()) {
                if (source.values() == null && (file.startsWith(folder) || including.contains(folder))) {
                    addMade(() -> kustomizations.of(folder, object, source.changes()), List.of(), made);
                }
            }
        }
    }

    /** {@return whether an object may change sources of Flux that it deploys} */
    private boolean hasPatches(ManifestNode object) {
        DeployingKind kind = DeployingKind.of(object);
        boolean isArgo = kind == DeployingKind.APPLICATION || kind == DeployingKind.APPLICATION_SET;
        return kind != null
                && ((isArgo && scan.hasOverrides())
                        || kind.kustomizations(object).stream().anyMatch(ChangedKustomizations::hasLists));
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
}
