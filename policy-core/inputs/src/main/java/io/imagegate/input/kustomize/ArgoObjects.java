package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.ImageParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what objects of Argo CD and of the Helm controller of k3s deploy:
 * <a href="https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go">sources of Applications</a>, what
 * <a href="https://github.com/argoproj/argo-cd/blob/master/util/kustomize/kustomize.go">their kustomize</a> and
 * <a href="https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go">their helm</a> change, and
 * <a href="https://github.com/k3s-io/helm-controller/blob/master/pkg/controllers/chart/chart.go">values of HelmCharts</a>. Not
 * thread-safe.
 */
final class ArgoObjects {

    /** Fields of {@code kustomize} that change no image. */
    private static final Set<String> HARMLESS = Set.of(
            "version",
            "replicas",
            "forceCommonLabels",
            "forceCommonAnnotations",
            "commonAnnotationsEnvsubst",
            "ignoreMissingComponents",
            "labelWithoutSelector",
            "labelIncludeTemplates",
            "kubeVersion",
            "apiVersions");

    private final DeployedFiles files;
    private final KustomizeBudget budget;

    ArgoObjects(DeployedFiles files, KustomizeBudget budget) {
        this.files = files;
        this.budget = budget;
    }

    /**
     * {@return the sources of an Application}
     *
     * @param object the Application or ApplicationSet
     * @param spec the specification of the Application
     */
    List<DeployedSource> application(ManifestNode object, ManifestNode spec) throws InputException {
        List<ManifestNode> several = ManifestNode.in(spec, "sources").elements;
        List<DeployedSource> sources = new ArrayList<>();
        for (ManifestNode source : several.isEmpty() ? List.of(ManifestNode.in(spec, "source")) : several) {
            boolean isOnlyNamed =
                    source.text("path").isEmpty() && source.text("chart").isEmpty();
            if (source.isObject()
                    && !source.fields.isEmpty()
                    && !(isOnlyNamed && !source.text("ref").isEmpty())) {
                sources.add(source(object, source));
            }
        }
        return sources;
    }

    private DeployedSource source(ManifestNode object, ManifestNode source) throws InputException {
        boolean isElsewhere = !source.text("chart").isEmpty() || source.field("plugin") != null;
        String path = isElsewhere ? null : source.text("path");
        ManifestNode helm = ManifestNode.in(source, "helm");
        boolean isChart = path == null || !helm.fields.isEmpty() || files.hasChart(object, path);
        return new DeployedSource(
                what(source),
                path,
                changes(ManifestNode.in(source, "kustomize")),
                null,
                isChart ? values(object, path, helm) : null,
                null);
    }

    private static ManifestNode what(ManifestNode source) {
        ManifestNode path = source.field("path");
        if (path != null && source.text("chart").isEmpty()) {
            return path;
        }
        ManifestNode what = source.object();
        for (String field : List.of("repoURL", "chart", "targetRevision", "plugin")) {
            ManifestNode value = source.field(field);
            if (value != null) {
                what.fields.put(field, value);
            }
        }
        return what;
    }

    private ChartLayers values(ManifestNode object, @Nullable String path, ManifestNode helm) throws InputException {
        ChartLayers layers = new ChartLayers(budget);
        if (path != null) {
            files.values(object, path, "values.yaml", false, layers);
        }
        for (ManifestNode name : ManifestNode.in(helm, "valueFiles").elements) {
            // $NAME is the root of another source, which may be this repository.
            boolean isOfOther = name.text.startsWith("$");
            String file = isOfOther ? name.text.substring(Math.max(0, name.text.indexOf('/'))) : name.text;
            boolean isFound =
                    (path != null || isOfOther) && files.values(object, path == null ? "" : path, file, true, layers);
            if (!isFound) {
                files.unread(name, "a file of values");
            }
        }
        ManifestNode given = helm.field("valuesObject");
        ManifestNode text = helm.field("values");
        if (given != null && given.isObject()) {
            layers.add(given);
        } else if (text != null && text.isScalar() && !text.text.isBlank()) {
            layers.add(files.document(text));
        }
        for (ManifestNode parameter : ManifestNode.in(helm, "parameters").elements) {
            ManifestNode value = parameter.field("value");
            if (!layers.set(
                    parameter.text("name"), value == null ? parameter.withText("") : value.withText(value.text))) {
                files.unread(parameter, "a parameter with a path of names and a text without commas");
            }
        }
        for (ManifestNode parameter : ManifestNode.in(helm, "fileParameters").elements) {
            layers.setUnknown(parameter.text("name"), parameter, parameter.text("path"));
            files.unread(parameter, "a parameter");
        }
        return layers;
    }

    private ManifestNode changes(ManifestNode kustomize) throws InputException {
        ManifestNode changes = kustomize.object();
        for (Map.Entry<String, ManifestNode> field : kustomize.fields.entrySet()) {
            ManifestNode value = field.getValue();
            switch (field.getKey()) {
                case "images" -> changes.fields.put("images", images(value));
                case "commonLabels" -> changes.fields.put("labels", labels(kustomize, value));
                case "namePrefix", "nameSuffix", "namespace", "patches", "components", "commonAnnotations" ->
                    changes.fields.put(field.getKey(), value);
                default -> {
                    if (!HARMLESS.contains(field.getKey())) {
                        throw value.malformed("what this field of kustomize makes of images is not known");
                    }
                }
            }
        }
        return changes;
    }

    private static ManifestNode labels(ManifestNode kustomize, ManifestNode pairs) {
        ManifestNode entry = pairs.object();
        entry.fields.put("pairs", pairs);
        boolean selectors = !isTrue(kustomize, "labelWithoutSelector");
        entry.fields.put("includeSelectors", pairs.withText(String.valueOf(selectors)));
        entry.fields.put(
                "includeTemplates", pairs.withText(String.valueOf(isTrue(kustomize, "labelIncludeTemplates"))));
        ManifestNode labels = pairs.array();
        labels.elements.add(entry);
        return labels;
    }

    private static boolean isTrue(ManifestNode object, String field) {
        ManifestNode value = object.field(field);
        return value != null && value.text.equals("true");
    }

    /** Reads images as {@code kustomize edit set image} does: {@code name=other:tag}, {@code name:tag}, {@code name@digest}. */
    private static ManifestNode images(ManifestNode texts) {
        ManifestNode images = texts.array();
        for (ManifestNode text : texts.elements) {
            int sign = text.text.indexOf('=');
            ImageParts parts = ImageParts.of(text.text.substring(sign + 1));
            ManifestNode entry = text.object();
            entry.fields.put("name", text.withText(sign < 0 ? parts.name() : text.text.substring(0, sign)));
            if (sign >= 0 && !parts.name().equals("*")) {
                entry.fields.put("newName", text.withText(parts.name()));
            }
            if (!parts.tag().isEmpty() && !parts.tag().equals("*")) {
                entry.fields.put("newTag", text.withText(parts.tag()));
            }
            if (!parts.digest().isEmpty()) {
                entry.fields.put("digest", text.withText(parts.digest()));
            }
            images.elements.add(entry);
        }
        return images;
    }

    /** {@return what a HelmChart of k3s deploys; a HelmChartConfig has values alone, for a chart that k3s deploys} */
    DeployedSource helmChart(ManifestNode object) throws InputException {
        ManifestNode spec = ManifestNode.in(object, "spec");
        ChartLayers layers = new ChartLayers(budget);
        ManifestNode content = spec.field("valuesContent");
        if (content != null && content.isScalar() && !content.text.isBlank()) {
            layers.add(files.document(content));
        }
        layers.add(ManifestNode.in(spec, "values"));
        for (ManifestNode secret : ManifestNode.in(spec, "valuesSecrets").elements) {
            files.unread(secret, "values of a chart");
        }
        for (Map.Entry<String, ManifestNode> set :
                ManifestNode.in(spec, "set").fields.entrySet()) {
            if (!layers.set(set.getKey(), set.getValue().withText(set.getValue().text))) {
                files.unread(set.getValue(), "a value with a path of names and without commas");
            }
        }
        ManifestNode what = spec.object();
        for (String field : List.of("repo", "chart", "version", "chartContent")) {
            ManifestNode value = spec.field(field);
            if (value != null) {
                what.fields.put(field, value);
            }
        }
        return new DeployedSource(what, null, spec.object(), null, layers, null);
    }
}
