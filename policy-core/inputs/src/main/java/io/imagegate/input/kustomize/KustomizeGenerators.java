package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects that {@code configMapGenerator} and {@code secretGenerator} make. What is in them is not read: they hold no images,
 * but patches find them, and could make other objects of them.
 */
final class KustomizeGenerators {

    private static final Map<String, String> KINDS =
            Map.of("configMapGenerator", "ConfigMap", "secretGenerator", "Secret");

    private static final Set<String> CHANGES = Set.of("merge", "replace");

    /** Kustomize takes the names of fields in any case, which patches then find an object by. */
    private static final Set<String> FIELDS =
            Set.of("name", "namespace", "behavior", "files", "literals", "envs", "env", "type", "options");

    private static final Set<String> OPTIONS = Set.of("labels", "annotations", "disableNameSuffixHash", "immutable");

    private KustomizeGenerators() {}

    static void add(Kustomization by, List<KustomizedObject> objects, KustomizeBudget budget) throws InputException {
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            for (ManifestNode entry : by.elements(kind.getKey())) {
                entry.requireFields(kind.getKey(), FIELDS);
                KustomizedObject made = KustomizedObject.generated(root(entry, kind.getValue()));
                KustomizedObject object = made;
                if (CHANGES.contains(entry.text("behavior"))) {
                    object = changed(made.id(), objects, budget, entry);
                } else {
                    objects.add(made);
                }
                if (object != null) {
                    describe(object, by.root.field("generatorOptions"));
                    describe(object, entry.field("options"));
                }
            }
        }
    }

    private static ManifestNode root(ManifestNode entry, String kind) {
        ManifestNode root = entry.object();
        ManifestNode metadata = entry.object();
        root.fields.put("apiVersion", entry.withText("v1"));
        root.fields.put("kind", entry.withText(kind));
        root.fields.put("metadata", metadata);
        for (String field : List.of("name", "namespace")) {
            ManifestNode value = entry.field(field);
            if (value != null) {
                metadata.fields.put(field, value);
            }
        }
        root.fields.put("data", entry.object().unknown(entry));
        return root;
    }

    private static @Nullable KustomizedObject changed(
            KustomizeId id, List<KustomizedObject> objects, KustomizeBudget budget, ManifestNode entry)
            throws InputException {
        for (KustomizedObject object : objects) {
            budget.match(entry, object.lengthOfIds(), 1);
            if (object.ids().stream().anyMatch(id::mayBe)) {
                return object;
            }
        }
        return null;
    }

    private static void describe(KustomizedObject object, @Nullable ManifestNode options) throws InputException {
        if (options != null && options.type != ValueType.NULL) {
            options.requireFields("options of a generator", OPTIONS);
            object.describe(pairs(options, "labels"), pairs(options, "annotations"));
        }
    }

    private static Map<String, ManifestNode> pairs(ManifestNode options, String field) {
        ManifestNode pairs = options.field(field);
        return pairs == null ? Map.of() : pairs.fields;
    }
}
