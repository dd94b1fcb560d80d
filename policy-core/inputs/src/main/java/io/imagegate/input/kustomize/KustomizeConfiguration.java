package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of objects the transformers of a kustomization change beside their own ones: what {@code configurations} and
 * {@code crds} say, there and in all that it includes. Mutable, not thread-safe.
 */
final class KustomizeConfiguration {

    private static final String NAME_REFERENCE = "nameReference";

    private static final Set<String> FIELDS = Set.of(
            "namePrefix",
            "nameSuffix",
            "namespace",
            "commonLabels",
            "labels",
            "templateLabels",
            "commonAnnotations",
            NAME_REFERENCE,
            "varReference",
            "images",
            "replicas");

    private static final Set<String> REFERENCE_FIELDS = Set.of("group", "version", "kind", "fieldSpecs");

    /** Extensions of a schema by the transformer that then changes the property. */
    private static final Map<String, String> EXTENSIONS = Map.of(
            "x-kubernetes-annotation", "commonAnnotations",
            "x-kubernetes-label-selector", "commonLabels",
            "x-kubernetes-identity", "namePrefix",
            "x-kubernetes-object-ref-kind", NAME_REFERENCE);

    private static final String DEFINITIONS = "#/definitions/";
    private static final int DEEPEST = 50;

    private final KustomizeBudget budget;
    private final Map<String, List<KustomizeFieldSpec>> specs = new HashMap<>();
    private @Nullable ManifestNode variables;

    KustomizeConfiguration(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** {@return the fields that a transformer changes beside its own} */
    List<KustomizeFieldSpec> of(String transformer) {
        return specs.getOrDefault(transformer, List.of());
    }

    /** {@return where variables are made; null if there are none} */
    @Nullable
    ManifestNode variables() {
        return variables;
    }

    void addVariables(@Nullable ManifestNode vars) {
        if (vars != null && !vars.elements.isEmpty()) {
            variables = vars;
        }
    }

    /** Adds those of what a kustomization includes. */
    void addAll(KustomizeConfiguration included) throws InputException {
        for (Map.Entry<String, List<KustomizeFieldSpec>> entry : included.specs.entrySet()) {
            for (KustomizeFieldSpec spec : entry.getValue()) {
                add(entry.getKey(), spec);
            }
        }
        addVariables(included.variables);
    }

    private void add(String transformer, KustomizeFieldSpec spec) throws InputException {
        budget.copy(spec.by());
        List<KustomizeFieldSpec> all = specs.computeIfAbsent(transformer, name -> new ArrayList<>());
        // A field that names a ConfigMap or a Secret is known as one of the former.
        all.add(spec.by().text.equals(NamedObjects.CONFIG_MAP) ? 0 : all.size(), spec);
    }

    /** Adds what a file of {@code configurations} says. */
    void addConfiguration(ManifestNode document) throws InputException {
        document.requireFields("a configuration", FIELDS);
        for (Map.Entry<String, ManifestNode> field : document.fields.entrySet()) {
            for (ManifestNode element : field.getValue().elements) {
                if (field.getKey().equals(NAME_REFERENCE)) {
                    element.requireFields("a name reference", REFERENCE_FIELDS);
                    ManifestNode referrers = element.field("fieldSpecs");
                    for (ManifestNode spec : referrers == null ? List.<ManifestNode>of() : referrers.elements) {
                        add(NAME_REFERENCE, KustomizeFieldSpec.of(spec).referringTo(element.text("kind")));
                    }
                } else {
                    add(field.getKey(), KustomizeFieldSpec.of(element));
                }
            }
        }
    }

    /** Adds what a file of {@code crds} says: definitions by their names. */
    void addDefinitions(ManifestNode document) throws InputException {
        for (Map.Entry<String, ManifestNode> definition : document.fields.entrySet()) {
            String name = definition.getKey();
            addProperties(
                    document, definition.getValue(), name.substring(name.lastIndexOf('.') + 1), new ArrayList<>());
        }
    }

    private void addProperties(ManifestNode all, ManifestNode definition, String kind, List<String> path)
            throws InputException {
        budget.visit(definition, 1);
        if (path.size() > DEEPEST) {
            throw definition.malformed("definitions that lead to each other " + DEEPEST + " times are not read: "
                    + "check what kubectl kustomize prints instead");
        }
        ManifestNode schema = ignoringCase(definition, "schema");
        ManifestNode properties = schema == null ? null : ignoringCase(schema, "properties");
        if (properties == null) {
            return;
        }
        for (Map.Entry<String, ManifestNode> property : properties.fields.entrySet()) {
            path.add(property.getKey());
            ManifestNode value = property.getValue();
            for (Map.Entry<String, String> extension : EXTENSIONS.entrySet()) {
                if (ignoringCase(value, extension.getKey()) != null) {
                    add(extension.getValue(), new KustomizeFieldSpec("", "", kind, List.copyOf(path), false, value));
                }
            }
            String reference = value.text("$ref");
            for (String name : List.of(reference, reference.replace(DEFINITIONS, ""))) {
                ManifestNode next = all.field(name);
                if (next != null) {
                    addProperties(all, next, kind, path);
                }
            }
            path.remove(path.size() - 1);
        }
    }

    private @Nullable ManifestNode ignoringCase(ManifestNode object, String field) throws InputException {
        budget.visit(object, object.fields.size());
        for (Map.Entry<String, ManifestNode> entry : object.fields.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(field)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
