package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.ImageParts;
import io.imagegate.input.kustomize.RepositoryUrls.Origin;
import io.imagegate.syntax.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    /** Paths that stand for one file, and not for several or one of elsewhere. */
    private static final Pattern PATH = Pattern.compile("[^*?\\[{}:$]*");

    /** What stands for several files in versions of Argo CD, and for one with this name in others. */
    private static final Pattern GLOB = Pattern.compile("[*?\\[]");

    private static final Pattern UNESCAPED_COMMA = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*),");
    private static final Pattern TYPED = Pattern.compile("(?i)true|false|null");

    private final DeployedFiles files;
    private final FluxSources sources;
    private final KustomizeBudget budget;
    private final ArgoOverrides overrides;
    /** Entries by the texts that they are read from, which very many Applications may have of one file. */
    private final Map<ManifestNode, ManifestNode> images = new HashMap<>();

    ArgoObjects(DeployedFiles files, FluxSources sources, KustomizeBudget budget) {
        this.files = files;
        this.sources = sources;
        this.budget = budget;
        this.overrides = new ArgoOverrides(files, budget);
    }

    /**
     * {@return the sources of an Application}
     *
     * @param object the Application or ApplicationSet
     * @param application the Application, or the template of one
     */
    List<DeployedSource> application(ManifestNode object, ManifestNode application) throws InputException {
        ManifestNode spec = ManifestNode.in(application, "spec");
        List<ManifestNode> several = new ArrayList<>(ManifestNode.in(spec, "sources").elements);
        if (several.isEmpty()) {
            several.add(ManifestNode.in(spec, "source"));
        }
        several.add(ManifestNode.in(ManifestNode.in(spec, "sourceHydrator"), "drySource"));
        List<DeployedSource> all = new ArrayList<>();
        for (ManifestNode source : several) {
            boolean isOnlyNamed =
                    source.text("path").isEmpty() && source.text("chart").isEmpty();
            if (source.isObject()
                    && !source.fields.isEmpty()
                    && !(isOnlyNamed && !source.text("ref").isEmpty())) {
                add(object, application, source, all);
            }
        }
        return all;
    }

    /** {@return whether an Application has what an override says} */
    boolean isApplied(Path override) {
        return overrides.isApplied(override);
    }

    private void add(ManifestNode object, ManifestNode application, ManifestNode source, List<DeployedSource> all)
            throws InputException {
        ManifestNode what = what(source);
        String path = source.text("path");
        if (!source.text("chart").isEmpty()) {
            all.add(chart(object, application, source, null, null));
            return;
        }
        Origin origin = sources.origin(what, source.text("repoURL"));
        List<Path> folders = files.paths.folders(object, path, origin);
        if (folders.isEmpty()) {
            boolean isChart = ArgoType.HELM.isSaidBy(source) || ArgoType.PLUGIN.isSaidBy(source);
            all.add(
                    isChart
                            ? chart(object, application, source, null, List.of())
                            : new DeployedSource(
                                    what,
                                    List.of(),
                                    null,
                                    changes(ManifestNode.in(source, "kustomize")),
                                    null,
                                    null,
                                    null));
        }
        // An Application may be deployed before Argo CD stores it without empty types, a generated one is not.
        ManifestNode stored = ArgoType.withoutEmpty(source);
        List<ManifestNode> versions =
                object == application && stored != source ? List.of(stored, source) : List.of(stored);
        for (Path folder : folders) {
            Set<ArgoType> types = EnumSet.noneOf(ArgoType.class);
            for (ManifestNode version : versions) {
                ManifestNode applied = overrides.applied(ManifestNode.in(application, "metadata"), version, folder);
                ArgoType type = ArgoType.of(applied, folder);
                if (types.add(type)) {
                    all.add(source(object, application, applied, type, folder));
                }
            }
        }
    }

    private DeployedSource source(
            ManifestNode object, ManifestNode application, ManifestNode source, ArgoType type, Path folder)
            throws InputException {
        List<Path> folders = List.of(folder);
        if (type == ArgoType.PLUGIN) {
            return chart(object, application, source, null, null);
        }
        if (type == ArgoType.HELM) {
            return chart(object, application, source, source.text("path"), folders);
        }
        boolean isDirectory = type == ArgoType.DIRECTORY;
        List<Path> written =
                isDirectory ? ArgoDirectory.files(folder, ManifestNode.in(source, "directory"), files, budget) : null;
        ManifestNode changes = isDirectory ? source.object() : changes(ManifestNode.in(source, "kustomize"));
        return new DeployedSource(what(source), folders, written, changes, null, null, null);
    }

    private DeployedSource chart(
            ManifestNode object,
            ManifestNode application,
            ManifestNode source,
            @Nullable String path,
            @Nullable List<Path> folders)
            throws InputException {
        ManifestNode helm = ManifestNode.in(source, "helm");
        ChartLayers values = values(object, ManifestNode.in(application, "spec"), path, helm);
        ManifestNode changes = changes(ManifestNode.in(source, "kustomize"));
        return new DeployedSource(what(source), folders, null, changes, null, values, null);
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

    private ChartLayers values(ManifestNode object, ManifestNode spec, @Nullable String path, ManifestNode helm)
            throws InputException {
        ChartLayers layers = new ChartLayers(budget);
        if (path != null) {
            files.defaults(object, path + "/values.yaml", layers);
        }
        for (ManifestNode name : ManifestNode.in(helm, "valueFiles").elements) {
            boolean mayMiss = isTrue(helm, "ignoreMissingValueFiles");
            boolean isElsewhere =
                    path != null && !name.text.startsWith("$") && !files.paths.isAtRoot(whole(path, name.text));
            List<ManifestNode> documents = mayMiss && isElsewhere ? null : file(object, spec, path, name);
            for (ManifestNode document : documents == null ? List.<ManifestNode>of() : documents) {
                layers.add(document);
            }
            if (documents == null && !(mayMiss && isMissing(object, path, name))) {
                files.unread.values(name, "a file of values");
            }
        }
        ManifestNode given = helm.field("valuesObject");
        ManifestNode text = helm.field("values");
        if (given != null && given.isObject()) {
            layers.add(given);
        } else if (text != null && text.isScalar() && !text.text.isBlank()) {
            layers.add(files.document(text));
        }
        new ArgoParameters(files, budget, layers).set(ManifestNode.in(helm, "parameters").elements);
        for (ManifestNode parameter : ManifestNode.in(helm, "fileParameters").elements) {
            layers.setUnknown(parameter.text("name"), parameter, parameter.text("path"));
            files.unread.values(parameter, "a parameter");
        }
        return layers;
    }

    /** {@return what is in a file of values of this run; null if it is none} */
    private @Nullable List<ManifestNode> file(
            ManifestNode object, ManifestNode spec, @Nullable String path, ManifestNode name) throws InputException {
        if (name.text.indexOf('$', 1) >= 0) {
            return null;
        }
        if (!name.text.startsWith("$")) {
            return path == null ? null : values(object, whole(path, name.text));
        }
        // $NAME is the root of another source, which may be this repository.
        int slash = name.text.indexOf('/');
        String reference = name.text.substring(1, Math.max(1, slash));
        for (ManifestNode source : ManifestNode.in(spec, "sources").elements) {
            if (!reference.isEmpty() && source.text("ref").equals(reference)) {
                return sources.origin(what(source), source.text("repoURL")) == Origin.ELSEWHERE
                        ? null
                        : values(object, name.text.substring(slash));
            }
        }
        return null;
    }

    private @Nullable List<ManifestNode> values(ManifestNode object, String path) throws InputException {
        return GLOB.matcher(path).find() ? null : files.values(object, path);
    }

    private boolean isMissing(ManifestNode object, @Nullable String path, ManifestNode name) throws InputException {
        return path != null
                && PATH.matcher(whole(path, name.text)).matches()
                && files.paths.hasNone(object, whole(path, name.text));
    }

    /** {@return the path from the root of the repository, where one with a slash before it begins} */
    private static String whole(String path, String name) {
        return name.startsWith("/") ? name : path + "/" + name;
    }

    private ManifestNode changes(ManifestNode kustomize) throws InputException {
        ManifestNode changes = kustomize.object();
        for (Map.Entry<String, ManifestNode> field : kustomize.fields.entrySet()) {
            ManifestNode value = field.getValue();
            switch (field.getKey()) {
                case "images" -> changes.fields.put("images", images.computeIfAbsent(value, ArgoObjects::images));
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
            entry.fields.put("name", text.part(sign < 0 ? parts.name() : text.text.substring(0, sign)));
            if (sign >= 0 && !parts.name().equals("*")) {
                entry.fields.put("newName", text.part(parts.name()));
            }
            if (!parts.tag().isEmpty() && !parts.tag().equals("*")) {
                entry.fields.put("newTag", text.part(parts.tag()));
            }
            if (!parts.digest().isEmpty()) {
                entry.fields.put("digest", text.part(parts.digest()));
            }
            images.elements.add(entry);
        }
        return images;
    }

    /**
     * {@return what a HelmChart of k3s deploys, with the values of the HelmChartConfig that has its name; a config alone has values for a
     * chart that k3s deploys}
     */
    DeployedSource helmChart(ManifestNode object) throws InputException {
        ManifestNode spec = ManifestNode.in(object, "spec");
        ChartLayers layers = new ChartLayers(budget);
        List<ManifestNode> configs = withName(object, NamedObjects.CHART_CONFIG);
        if (object.text("kind").equals("HelmChartConfig")) {
            // With one chart and one config of the name, the chart has the values of both.
            if (configs.size() != 1 || withName(object, NamedObjects.CHART).size() != 1) {
                addValues(spec, layers);
            }
            return new DeployedSource(spec.object(), null, null, spec.object(), null, layers, null);
        }
        addValues(spec, layers);
        for (ManifestNode config : configs) {
            if (configs.size() == 1) {
                addValues(ManifestNode.in(config, "spec"), layers);
            } else {
                files.unread.values(ManifestNode.in(config, "metadata"), "one HelmChartConfig of this name");
            }
        }
        Map<String, ManifestNode> set = new TreeMap<>(ManifestNode.in(spec, "set").fields);
        for (boolean isText : List.of(false, true)) {
            for (Map.Entry<String, ManifestNode> entry : set.entrySet()) {
                ManifestNode value = entry.getValue();
                boolean isTyped = value.type != ValueType.STRING
                        || TYPED.matcher(value.text).matches();
                String text = isTyped
                        ? value.text
                        : UNESCAPED_COMMA.matcher(value.text).replaceAll("$1\\\\,");
                if (isTyped != isText && !layers.set(entry.getKey(), text, isText, value)) {
                    files.unread.values(value, "a value as in helm --set");
                }
            }
        }
        ManifestNode what = spec.object();
        for (String field : List.of("repo", "chart", "version", "chartContent")) {
            ManifestNode value = spec.field(field);
            if (value != null) {
                what.fields.put(field, value);
            }
        }
        return new DeployedSource(what, null, null, spec.object(), null, layers, null);
    }

    private List<ManifestNode> withName(ManifestNode object, String kind) throws InputException {
        return files.named.named(object, kind, ManifestNode.in(object, "metadata"));
    }

    private void addValues(ManifestNode spec, ChartLayers layers) throws InputException {
        ManifestNode content = spec.field("valuesContent");
        if (content != null && content.isScalar() && !content.text.isBlank()) {
            layers.add(files.document(content));
        }
        layers.add(ManifestNode.in(spec, "values"));
        for (ManifestNode secret : ManifestNode.in(spec, "valuesSecrets").elements) {
            files.unread.values(secret, "values of a chart");
        }
    }
}
