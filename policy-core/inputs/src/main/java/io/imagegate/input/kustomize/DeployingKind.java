package io.imagegate.input.kustomize;

import io.imagegate.kubernetes.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kind of Flux, Argo CD or k3s whose objects deploy something. */
enum DeployingKind {
    RELEASE("HelmRelease.helm.toolkit.fluxcd.io"),
    KUSTOMIZATION("Kustomization.kustomize.toolkit.fluxcd.io"),
    APPLICATION("Application.argoproj.io"),
    APPLICATION_SET("ApplicationSet.argoproj.io"),
    CHART(NamedObjects.CHART),
    CHART_CONFIG(NamedObjects.CHART_CONFIG),
    FLUX_INSTANCE(FluxInstance.KIND),
    RESOURCE_SET(ResourceSet.KIND);

    private static final Map<String, DeployingKind> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(kind -> kind.kind, Function.identity()));

    private final String kind;

    DeployingKind(String kind) {
        this.kind = kind;
    }

    /** {@return the kind of an object; null if it deploys nothing} */
    static @Nullable DeployingKind of(ManifestNode object) {
        return BY_NAME.get(objectKind(object).toString());
    }

    static ObjectKind objectKind(ManifestNode object) {
        return ObjectKind.of(object.text("apiVersion"), object.text("kind"));
    }

    /** {@return whether objects of a kind deploy something} */
    static boolean isOne(String kind) {
        return BY_NAME.containsKey(kind);
    }

    /** {@return whether objects of a kind have images for charts and kustomizations alone} */
    static boolean isGiving(String kind) {
        DeployingKind known = BY_NAME.get(kind);
        return known != null && known != FLUX_INSTANCE && known != RESOURCE_SET;
    }

    boolean isOf(ManifestNode object) {
        return of(object) == this;
    }

    /** {@return the image of the job that installs a chart of k3s, as values; null if there is none} */
    static @Nullable ManifestNode jobImage(ManifestNode object) {
        ManifestNode job = ManifestNode.in(object, "spec").field("jobImage");
        if (job == null || !CHART.isOf(object)) {
            return null;
        }
        ManifestNode values = job.object();
        values.fields.put("jobImage", job);
        return values;
    }

    /** {@return where an object may have patches and images of a kustomization that it deploys} */
    List<ManifestNode> kustomizations(ManifestNode object) {
        ManifestNode spec = ManifestNode.in(object, "spec");
        return switch (this) {
            case KUSTOMIZATION -> List.of(spec);
            case FLUX_INSTANCE -> List.of(ManifestNode.in(spec, "kustomize"));
            case APPLICATION, APPLICATION_SET ->
                argoSources(object).stream()
                        .map(source -> ManifestNode.in(source, "kustomize"))
                        .toList();
            case RELEASE, CHART, CHART_CONFIG, RESOURCE_SET -> List.of();
        };
    }

    /** Removes the fields that say what an object deploys. */
    void strip(ManifestNode object) {
        ManifestNode spec = ManifestNode.in(object, "spec");
        switch (this) {
            case RELEASE -> spec.fields.keySet().removeAll(List.of("postRenderers", "valuesFrom"));
            case KUSTOMIZATION -> spec.fields.keySet().removeAll(List.of("images", "patches", "postBuild"));
            case FLUX_INSTANCE -> spec.fields.keySet().removeAll(List.of("kustomize", "sync"));
            case RESOURCE_SET -> spec.fields.keySet().removeAll(ResourceSet.READ);
            case APPLICATION -> stripSources(object);
            case APPLICATION_SET -> {
                spec.fields.remove("generators");
                stripSources(object);
            }
            case CHART, CHART_CONFIG ->
                spec.fields.keySet().removeAll(List.of("values", "valuesContent", "set", "jobImage"));
        }
    }

    private void stripSources(ManifestNode object) {
        argoSources(object)
                .forEach(source -> source.fields.keySet().removeAll(List.of("helm", "kustomize", "directory")));
    }

    /** {@return the sources of an Application, or of the template of an ApplicationSet} */
    private List<ManifestNode> argoSources(ManifestNode object) {
        ManifestNode own = ManifestNode.in(object, "spec");
        ManifestNode spec = this == APPLICATION_SET ? ManifestNode.in(ManifestNode.in(own, "template"), "spec") : own;
        List<ManifestNode> sources = new ArrayList<>(ManifestNode.in(spec, "sources").elements);
        sources.add(ManifestNode.in(spec, "source"));
        sources.add(ManifestNode.in(ManifestNode.in(spec, "sourceHydrator"), "drySource"));
        return sources;
    }
}
