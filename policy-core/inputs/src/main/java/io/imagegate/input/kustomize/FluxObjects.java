package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.kustomize.RepositoryUrls.Origin;
import io.imagegate.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
            "ignore",
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
    private static final Pattern PLAIN_PATH = Pattern.compile("[^\\\\\\[\\]{}=,]*");
    private static final Pattern QUOTES = Pattern.compile("^['\"]+|['\"]+$");
    private static final Set<String> FILES = Set.of("GitRepository", "Bucket");

    private final DeployedFiles files;
    private final FluxSources sources;
    private final KustomizeBudget budget;

    FluxObjects(DeployedFiles files, FluxSources sources, KustomizeBudget budget) {
        this.files = files;
        this.sources = sources;
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
        ManifestNode source = ManifestNode.in(spec, "sourceRef");
        List<Path> folders = files.paths.folders(object, spec.text("path"), sources.originOfSource(object, source));
        for (Path folder : folders) {
            for (String name : Kustomization.FILES) {
                Path file = folder.resolve(name);
                if (Files.isSymbolicLink(file)) {
                    throw object.malformed(files.paths.shown(file)
                            + " is a link, which Flux leaves out of what it deploys: expected a file");
                }
                if (Files.exists(file) && sources.isIgnored(object, source, file)) {
                    throw object.malformed(files.paths.shown(file) + " is left out by " + SourceIgnore.FILE
                            + " or the source, so that Flux deploys the files of its folder without it");
                }
            }
        }
        return new DeployedSource(
                path == null ? source : path,
                folders,
                null,
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
            ManifestNode data = files.named.configMap(object, from);
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
        ManifestNode source = ManifestNode.in(chart, "sourceRef");
        boolean isLocal =
                FILES.contains(source.text("kind")) && sources.originOfSource(object, source) != Origin.ELSEWHERE;
        String path = isLocal ? chart.text("chart") : null;
        ChartLayers layers = new ChartLayers(budget);
        if (path != null) {
            List<ManifestNode> names = new ArrayList<>(ManifestNode.in(chart, "valuesFiles").elements);
            if (names.isEmpty()) {
                files.defaults(object, path + "/values.yaml", layers);
            }
            for (ManifestNode name : names) {
                // These are named from the root of the repository.
                if (!files.defaults(object, name.text, layers)) {
                    files.unread.values(name, "a file of values");
                }
            }
        }
        // What is at a path is also set in these, which are joined again at last.
        ManifestNode inline = ManifestNode.in(spec, "values").copy(budget);
        for (ManifestNode from : ManifestNode.in(spec, "valuesFrom").elements) {
            ManifestNode text = text(object, from);
            if (!from.text("targetPath").isEmpty()) {
                layers.addShared(inline);
                set(from, text, layers);
            } else if (text == null) {
                files.unread.values(from, "values of a chart");
            } else {
                layers.add(files.document(text));
            }
        }
        if (!inline.fields.isEmpty()) {
            layers.addShared(inline);
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
        List<Path> folders = path == null ? null : files.paths.folders(object, path, Origin.HERE);
        return new DeployedSource(what == null ? spec : what, folders, null, changes, null, layers, null);
    }

    /** Sets a value at a path as {@code --set} does, in quotes as {@code --set-string}. */
    private void set(ManifestNode from, @Nullable ManifestNode text, ChartLayers layers) throws InputException {
        String path = from.text("targetPath");
        ManifestNode literal = from.field("literal");
        boolean isLiteral = literal != null && literal.text.equals("true");
        // Versions differ in what a literal path may have.
        if (text == null || (isLiteral && !PLAIN_PATH.matcher(path).matches())) {
            layers.setUnknown(path, from, from.text("name"));
            files.unread.values(from, "values of a chart");
            return;
        }
        String value = text.text;
        boolean isQuoted =
                (value.startsWith("'") && value.endsWith("'")) || (value.startsWith("\"") && value.endsWith("\""));
        String set = isLiteral
                ? HelmSetText.escaped(value)
                : isQuoted ? QUOTES.matcher(value).replaceAll("") : value;
        if (!layers.set(path, set, isLiteral || isQuoted, text)) {
            files.unread.values(from, "values of a chart");
        }
    }

    private @Nullable ManifestNode text(ManifestNode object, ManifestNode from) throws InputException {
        ManifestNode data = files.named.configMap(object, from);
        String key = from.text("valuesKey");
        return data == null ? null : data.field(key.isEmpty() ? "values.yaml" : key);
    }
}
