package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects that {@code configMapGenerator} and {@code secretGenerator} make. They hold no images, but patches find them, and could
 * make other objects of them. What is in them is read of ConfigMaps that objects of Flux take values from, or that replacements copy.
 */
final class KustomizeGenerators {

    private static final Map<String, String> KINDS =
            Map.of("configMapGenerator", "ConfigMap", "secretGenerator", "Secret");

    private static final Set<String> CHANGES = Set.of("merge", "replace");

    /** Kustomize takes the names of fields in any case, which patches then find an object by. */
    private static final Set<String> FIELDS =
            Set.of("name", "namespace", "behavior", "files", "literals", "envs", "env", "type", "options");

    private static final Set<String> OPTIONS = Set.of("labels", "annotations", "disableNameSuffixHash", "immutable");

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final Predicate<String> isWanted;
    /** Names of objects that replacements copy from. */
    private final Set<String> copied = new HashSet<>();

    /**
     * Makes generators.
     *
     * @param isWanted whether the data of a ConfigMap with a name is read
     */
    KustomizeGenerators(KustomizeFiles files, KustomizeBudget budget, Predicate<String> isWanted) {
        this.files = files;
        this.budget = budget;
        this.isWanted = isWanted;
    }

    /** Another build begins. */
    void begin() {
        copied.clear();
    }

    /** Remembers which objects are copied from by replacements of a kustomization whose resources are added afterwards. */
    void copyFor(List<ManifestNode> replacements) {
        for (ManifestNode replacement : replacements) {
            copied.add(ManifestNode.in(replacement, "source").text("name"));
        }
    }

    /** {@return whether replacements may copy from an object, also by the name that a prefix or suffix gives it} */
    private boolean isCopied(String name) {
        return copied.stream().anyMatch(wanted -> wanted.isEmpty() || wanted.contains(name));
    }

    void add(Kustomization by, List<KustomizedObject> objects) throws InputException {
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            for (ManifestNode entry : by.elements(kind.getKey())) {
                entry.requireFields(kind.getKey(), FIELDS);
                KustomizedObject made = new KustomizedObject(root(entry, kind.getValue()), false);
                String name = entry.text("name");
                budget.visit(entry, copied.size());
                boolean isRead =
                        kind.getValue().equals(NamedObjects.CONFIG_MAP) && (isCopied(name) || isWanted.test(name));
                ManifestNode data = isRead
                        ? GeneratedData.of(by, entry, files, budget)
                        : entry.object().unknown(entry);
                KustomizedObject object = made;
                if (CHANGES.contains(entry.text("behavior"))) {
                    object = changed(made.id(), objects, entry);
                    if (object != null) {
                        change(object.root, entry, data);
                    }
                } else {
                    made.root.fields.put("data", data);
                    objects.add(made);
                }
                if (object != null) {
                    if (!keepsName(by.root.field("generatorOptions")) && !keepsName(entry.field("options"))) {
                        object.addHash();
                    }
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
        return root;
    }

    private static void change(ManifestNode root, ManifestNode entry, ManifestNode data) {
        ManifestNode before = ManifestNode.in(root, "data");
        if (data.changedBy != null || before.changedBy != null) {
            root.fields.put("data", entry.object().unknown(entry));
        } else if (entry.text("behavior").equals("replace")) {
            root.fields.put("data", data);
        } else {
            before.fields.putAll(data.fields);
            root.fields.put("data", before);
        }
    }

    private static boolean keepsName(@Nullable ManifestNode options) {
        ManifestNode disabled = options == null ? null : options.field("disableNameSuffixHash");
        return disabled != null && disabled.text.equals("true");
    }

    private @Nullable KustomizedObject changed(KustomizeId id, List<KustomizedObject> objects, ManifestNode entry)
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
