package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.kubernetes.ObjectKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects in the files of a run that others find by kind, name and namespace. They are read when the first is looked for. Not thread-safe. */
final class NamedObjects {

    static final String CONFIG_MAP = "ConfigMap";
    static final String CHART = "HelmChart.helm.cattle.io";
    static final String CHART_CONFIG = "HelmChartConfig.helm.cattle.io";
    private static final String SOURCE = ".source.toolkit.fluxcd.io";

    private static final Set<String> KINDS = Set.of(
            CONFIG_MAP, CHART, CHART_CONFIG, "GitRepository" + SOURCE, "OCIRepository" + SOURCE, "Bucket" + SOURCE);

    /** Words without which a file has no such object. */
    static final List<String> WORDS =
            List.of(CONFIG_MAP, "HelmChart", "GitRepository", "OCIRepository", "Bucket", "FluxInstance");

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Set<Path> withSome = new LinkedHashSet<>();
    /** Objects that one kustomization makes, which are found before others. */
    private List<KustomizedObject> together = List.of();
    /** By kind and name; null before they are read. */
    private @Nullable Map<String, List<ManifestNode>> objects;

    NamedObjects(KustomizeFiles files, KustomizeBudget budget) {
        this.files = files;
        this.budget = budget;
    }

    /** Remembers a file of the run that may have such objects. */
    void announce(Path file) {
        withSome.add(file);
        objects = null;
    }

    /**
     * {@return the objects that have the name, in the namespace or without one}
     *
     * @param reference looks for them
     * @param namespace the namespace; empty for any
     */
    private List<ManifestNode> find(ManifestNode reference, String kind, String name, String namespace)
            throws InputException {
        List<ManifestNode> all = objects().getOrDefault(key(kind, name), List.of());
        budget.compare(reference, all.size());
        List<ManifestNode> found = new ArrayList<>();
        for (ManifestNode object : all) {
            if (isIn(namespace, object)) {
                found.add(object);
            }
        }
        return found;
    }

    /**
     * {@return the objects of a kind that a reference names, in its namespace, that of the object, or without one}
     *
     * @param object has the reference
     * @param reference has the field {@code name}
     */
    List<ManifestNode> named(ManifestNode object, String kind, ManifestNode reference) throws InputException {
        ManifestNode name = reference.field("name");
        if (name == null) {
            return List.of();
        }
        String namespace = namespace(object, reference);
        budget.compare(reference, together.size());
        List<ManifestNode> made = new ArrayList<>();
        for (KustomizedObject other : together) {
            if (kind(other.root).equals(kind) && isIn(namespace, other.root) && isCalled(other, name)) {
                made.add(other.root);
            }
        }
        return made.isEmpty() ? written(object, kind, reference) : made;
    }

    private static String namespace(ManifestNode object, ManifestNode reference) {
        String namespace = reference.text("namespace");
        return namespace.isEmpty() ? ManifestNode.in(object, "metadata").text("namespace") : namespace;
    }

    /** {@return the objects as {@link #named}, as they are written in files of the run} */
    List<ManifestNode> written(ManifestNode object, String kind, ManifestNode reference) throws InputException {
        return find(reference, kind, reference.text("name"), namespace(object, reference));
    }

    /** {@return whether a reference means an object that was made with it} */
    private static boolean isCalled(KustomizedObject object, ManifestNode name) {
        ManifestNode now = ManifestNode.in(object.root, "metadata").field("name");
        ManifestNode by = name.changedBy;
        return by == null
                ? now != null && now.changedBy == null && now.text.equals(name.text)
                : by.text.equals(object.root.text("kind"))
                        && (object.ids().stream().anyMatch(id -> name.text.equals(id.name()))
                                || (object.ids().size() == 1 && now != null && now.text.equals(name.text)));
    }

    /** {@return the data of a ConfigMap of the run; null if it is none, or if several have the name} */
    @Nullable
    ManifestNode configMap(ManifestNode object, ManifestNode reference) throws InputException {
        if (!reference.text("kind").equals(CONFIG_MAP)) {
            return null;
        }
        List<ManifestNode> maps = named(object, CONFIG_MAP, reference);
        ManifestNode data = maps.size() == 1 ? ManifestNode.in(maps.get(0), "data") : null;
        return data == null || data.changedBy != null ? null : data;
    }

    /** Takes objects that one kustomization makes, which are found before others. {@return those before} */
    List<KustomizedObject> together(List<KustomizedObject> objects) {
        List<KustomizedObject> before = together;
        together = objects;
        return before;
    }

    private static String key(String kind, String name) {
        return kind + "/" + name;
    }

    static String kind(ManifestNode object) {
        return ObjectKind.of(object.text("apiVersion"), object.text("kind")).toString();
    }

    /** {@return whether an object is in a namespace, or may be} */
    static boolean isIn(String namespace, ManifestNode object) {
        String other = ManifestNode.in(object, "metadata").text("namespace");
        return namespace.isEmpty() || other.isEmpty() || namespace.equals(other);
    }

    private Map<String, List<ManifestNode>> objects() {
        Map<String, List<ManifestNode>> all = objects;
        if (all == null) {
            all = new HashMap<>();
            for (Path file : withSome) {
                try {
                    ManifestSource source = new ManifestSource(file.toString(), file.toRealPath(), 0, false);
                    for (ManifestNode document : files.resources(source, ManifestNode.named(file), budget)) {
                        addAll(document, all);
                    }
                } catch (IOException | InputException unreadable) {
                    // It is a problem when it is read.
                }
            }
            objects = all;
        }
        return all;
    }

    private void addAll(ManifestNode document, Map<String, List<ManifestNode>> all) throws InputException {
        for (ManifestNode object : DeployScan.objects(document)) {
            switch (kind(object)) {
                case FluxInstance.KIND -> FluxInstance.synced(object).forEach(made -> add(made, all));
                case ResourceSet.KIND ->
                    ResourceSet.of(object, budget).resources().forEach(resource -> add(resource.object(), all));
                default -> add(object, all);
            }
        }
    }

    private static void add(ManifestNode object, Map<String, List<ManifestNode>> all) {
        if (KINDS.contains(kind(object))) {
            String name = ManifestNode.in(object, "metadata").text("name");
            all.computeIfAbsent(key(kind(object), name), key -> new ArrayList<>())
                    .add(object);
        }
    }
}
