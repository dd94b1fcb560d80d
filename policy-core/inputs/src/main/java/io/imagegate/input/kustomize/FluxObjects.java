package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what objects of Flux deploy, in the order of its controllers:
 * <a href="https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go">what a Kustomization adds to a
 * kustomization.yaml</a>, <a href="https://github.com/fluxcd/pkg/blob/main/chartutil/values.go">where values of a HelmRelease come
 * from</a>, and <a href="https://github.com/fluxcd/helm-controller/blob/main/internal/postrender/kustomize.go">what its
 * postRenderers do</a>. Not thread-safe.
 */
final class FluxObjects {

    /** Fields of a Kustomization that change no object. */
    private static final Set<String> HARMLESS = Set.of(
            "decryption",
            "deletionPolicy",
            "dependsOn",
            "force",
            "healthCheckExprs",
            "healthChecks",
            "ignoreMissingComponents",
            "interval",
            "kubeConfig",
            "prune",
            "retryInterval",
            "serviceAccountName",
            "sourceRef",
            "suspend",
            "timeout",
            "validation",
            "wait");

    /** Fields that a kustomization has, too. */
    private static final Set<String> SAME = Set.of(
            "buildMetadata",
            "components",
            "images",
            "namePrefix",
            "nameSuffix",
            "patches",
            "patchesJson6902",
            "patchesStrategicMerge");

    private static final Set<String> READ = Set.of("path", "targetNamespace", "commonMetadata", "postBuild");
    private static final Set<String> FILES = Set.of("GitRepository", "Bucket");

    private final DeployedFiles files;
    private final KustomizeBudget budget;

    FluxObjects(DeployedFiles files, KustomizeBudget budget) {
        this.files = files;
        this.budget = budget;
    }

    DeployedSource kustomization(ManifestNode object) throws InputException {
        ManifestNode spec = ManifestNode.in(object, "spec");
        ManifestNode changes = spec.object();
        for (Map.Entry<String, ManifestNode> field : spec.fields.entrySet()) {
            String name = field.getKey();
            if (SAME.contains(name)) {
                changes.fields.put(name, field.getValue());
            } else if (!HARMLESS.contains(name) && !READ.contains(name)) {
                throw field.getValue()
                        .malformed(
                                "what " + SafeText.quote(name, 60) + " of a Kustomization of Flux does is not known: "
                                        + "check what flux build kustomization prints instead");
            }
        }
        ManifestNode namespace = spec.field("targetNamespace");
        if (namespace != null) {
            changes.fields.put("namespace", namespace);
        }
        // Alone it changes no image.
        if (changes.fields.keySet().equals(Set.of("buildMetadata"))) {
            changes.fields.clear();
        }
        ManifestNode path = spec.field("path");
        return new DeployedSource(
                path == null ? ManifestNode.in(spec, "sourceRef") : path,
                spec.text("path"),
                changes,
                spec.field("commonMetadata"),
                null,
                variables(object, spec));
    }

    private @Nullable FluxVariables variables(ManifestNode object, ManifestNode spec) throws InputException {
        ManifestNode postBuild = spec.field("postBuild");
        if (postBuild == null || !postBuild.isObject()) {
            return null;
        }
        Map<String, ManifestNode> values = new HashMap<>();
        boolean complete = true;
        for (ManifestNode from : ManifestNode.in(postBuild, "substituteFrom").elements) {
            ManifestNode data = files.configMap(object, from);
            complete &= data != null;
            values.putAll(data == null ? Map.of() : data.fields);
        }
        values.putAll(ManifestNode.in(postBuild, "substitute").fields);
        boolean always = postBuild.text("substituteStrategy").equals("Always");
        return values.isEmpty() && complete && !always ? null : new FluxVariables(values, complete);
    }

    DeployedSource helmRelease(ManifestNode object) throws InputException {
        ManifestNode spec = ManifestNode.in(object, "spec");
        ManifestNode chart = ManifestNode.in(ManifestNode.in(spec, "chart"), "spec");
        boolean isLocal = FILES.contains(ManifestNode.in(chart, "sourceRef").text("kind"));
        String path = isLocal ? chart.text("chart") : null;
        ChartLayers layers = new ChartLayers(budget);
        if (path != null) {
            List<ManifestNode> names = new ArrayList<>(ManifestNode.in(chart, "valuesFiles").elements);
            if (names.isEmpty()) {
                files.values(object, path, "values.yaml", false, layers);
            }
            for (ManifestNode name : names) {
                // These are named from the root of the repository.
                if (!files.values(object, "", name.text, false, layers)) {
                    files.unread(name, "a file of values");
                }
            }
        }
        ManifestNode values = spec.field("values");
        for (ManifestNode from : ManifestNode.in(spec, "valuesFrom").elements) {
            add(object, from, layers);
        }
        if (values != null) {
            layers.add(values);
        }
        for (ManifestNode from : ManifestNode.in(spec, "valuesFrom").elements) {
            set(object, from, layers);
        }
        ManifestNode changes = spec.object();
        for (ManifestNode renderer : ManifestNode.in(spec, "postRenderers").elements) {
            ManifestNode kustomize = ManifestNode.in(renderer, "kustomize");
            for (Map.Entry<String, ManifestNode> field : kustomize.fields.entrySet()) {
                changes.fields
                        .computeIfAbsent(
                                field.getKey(), name -> field.getValue().array())
                        .elements
                        .addAll(field.getValue().elements);
            }
        }
        ManifestNode what = chart.fields.isEmpty() ? spec.field("chartRef") : chart;
        return new DeployedSource(what == null ? spec : what, path, changes, null, layers, null);
    }

    private void add(ManifestNode object, ManifestNode from, ChartLayers layers) throws InputException {
        if (!from.text("targetPath").isEmpty()) {
            return;
        }
        ManifestNode text = text(object, from);
        if (text == null) {
            files.unread(from, "values of a chart");
        } else {
            layers.add(files.document(text));
        }
    }

    /** Values at a path win over all others. */
    private void set(ManifestNode object, ManifestNode from, ChartLayers layers) throws InputException {
        String path = from.text("targetPath");
        if (path.isEmpty()) {
            return;
        }
        ManifestNode text = text(object, from);
        boolean isSet = text == null ? layers.setUnknown(path, from, from.text("name")) : layers.set(path, text);
        if (text == null || !isSet) {
            files.unread(from, "values of a chart");
        }
    }

    private @Nullable ManifestNode text(ManifestNode object, ManifestNode from) throws InputException {
        ManifestNode data = files.configMap(object, from);
        String key = from.text("valuesKey");
        return data == null ? null : data.field(key.isEmpty() ? "values.yaml" : key);
    }
}
