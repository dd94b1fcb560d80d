package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The objects of files that deploy something, and the sources of each. Not thread-safe. */
final class DeployingObjects {

    private final KustomizeBudget budget;
    private final Consumer<ManifestNode> unread;
    private final DeployScan scan;
    private final FolderResources resources;
    private final FluxObjects flux;
    private final ArgoObjects argo;
    /** What deploys something in files, also in ResourceSets. */
    private final Map<Path, List<ManifestNode>> found = new HashMap<>();

    /**
     * Makes a reader of objects.
     *
     * @param unread receives what names objects that are not read
     * @param sources makes what finds sources of Flux
     * @param changed finds what the run makes of those in a file
     */
    DeployingObjects(
            KustomizeBudget budget,
            Consumer<ManifestNode> unread,
            DeployScan scan,
            DeployedFiles deployed,
            FolderResources resources,
            Function<FluxSources.ChangedObjects, FluxSources> sources,
            Function<DeployingObjects, FluxSources.ChangedObjects> changed) {
        this.budget = budget;
        this.unread = unread;
        this.scan = scan;
        this.resources = resources;
        FluxSources repositories = sources.apply(changed.apply(this));
        this.flux = new FluxObjects(deployed, repositories, budget);
        this.argo = new ArgoObjects(deployed, repositories, budget);
    }

    /** {@return whether an Application has what an override of Argo CD says} */
    boolean isApplied(Path override) {
        return argo.isApplied(override);
    }

    /** {@return what an object deploys} */
    List<DeployedSource> sources(ManifestNode object) throws InputException {
        DeployingKind kind = DeployingKind.of(object);
        if (kind == null) {
            return List.of();
        }
        ManifestNode spec = ManifestNode.in(object, "spec");
        return switch (kind) {
            case RELEASE -> List.of(flux.helmRelease(object));
            case KUSTOMIZATION -> List.of(flux.kustomization(object));
            case FLUX_INSTANCE -> List.of(FluxInstance.controllers(object));
            case RESOURCE_SET -> List.of();
            case APPLICATION -> argo.application(object, object);
            case APPLICATION_SET -> {
                ManifestNode patch = spec.field("templatePatch");
                if (patch != null) {
                    unread.accept(patch);
                }
                tellTemplates(ManifestNode.in(spec, "generators"));
                yield argo.application(object, ManifestNode.in(spec, "template"));
            }
            case CHART, CHART_CONFIG -> List.of(argo.helmChart(object));
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

    /** {@return the objects of a file that deploy something, and those in ResourceSets} */
    List<ManifestNode> in(Path file) {
        List<ManifestNode> known = found.get(file);
        if (known != null) {
            return known;
        }
        List<ManifestNode> all = new ArrayList<>();
        for (ManifestNode object : scan.in(file)) {
            all.add(object);
            if (DeployingKind.RESOURCE_SET.isOf(object)) {
                try {
                    ResourceSet.of(object, budget).resources().forEach(resource -> all.add(resource.object()));
                } catch (InputException unreadable) {
                    // It is a problem when it is read.
                }
            }
        }
        all.removeIf(object -> DeployingKind.of(object) == null);
        found.put(file, all);
        return all;
    }

    /**
     * {@return the folders that the objects of a file change when they deploy them; of a folder without a kustomization, the folders
     * and files that the controller makes one of; without links}
     */
    Set<Path> changed(Path file) {
        Set<Path> changed = new LinkedHashSet<>();
        int mark = budget.mark();
        for (ManifestNode object : in(file)) {
            try {
                for (DeployedSource source : sources(object)) {
                    if (source.folders() != null && source.values() == null && source.changesObjects()) {
                        for (Path folder : source.folders()) {
                            changed.addAll(Kustomization.isIn(folder) ? List.of(folder) : resources.in(folder, object));
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
}
