package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A patch of a kustomization. Immutable. */
final class KustomizePatch {

    private static final Set<String> OPTIONS = Set.of("allowNameChange", "allowKindChange");
    private static final Set<String> ID = Set.of("group", "version", "kind", "namespace", "name");

    private final ManifestNode patch;
    private final @Nullable KustomizeTarget target;
    private final boolean nameMayChange;
    private final boolean kindMayChange;
    private final boolean remembers;

    /**
     * Makes a patch.
     *
     * @param patch an object to merge, or a list of operations
     * @param target what it changes; null for the object that the patch names
     * @param options {@code allowNameChange} and {@code allowKindChange}; null if there are none
     * @param remembers whether objects keep the names that they had before operations
     */
    KustomizePatch(
            ManifestNode patch, @Nullable KustomizeTarget target, @Nullable ManifestNode options, boolean remembers)
            throws InputException {
        if (patch.isScalar() || (patch.isArray() && target == null)) {
            throw patch.malformed("a patch: expected an object with a kind and a name, or operations and a target");
        }
        if (patch.text("kind").endsWith("List")) {
            throw patch.malformed("a patch: expected an object with a kind and a name, got a list");
        }
        if (options != null && options.type != ValueType.NULL) {
            options.requireFields("options", OPTIONS);
        }
        this.patch = patch;
        this.target = target;
        this.nameMayChange = isSet(options, "allowNameChange");
        this.kindMayChange = isSet(options, "allowKindChange");
        this.remembers = remembers;
    }

    private static boolean isSet(@Nullable ManifestNode options, String option) throws InputException {
        ManifestNode value = options == null ? null : options.field(option);
        return value != null && value.isTrue(option);
    }

    /** Changes the objects that it matches. A patch of an object that is not among them becomes one itself. */
    void apply(List<KustomizedObject> objects, KustomizeBudget budget) throws InputException {
        List<KustomizedObject> deleted = new ArrayList<>();
        boolean found = false;
        for (KustomizedObject object : objects) {
            budget.match(patch, object.lengthOfIds(), target == null ? 0 : target.length());
            object.requireOwnAnnotations(budget);
            if (matches(object)) {
                found = true;
                String kind = object.root.text("kind");
                if (!apply(object, budget)) {
                    deleted.add(object);
                } else if (!object.root.text("kind").equals(kind)) {
                    markNamespace(object);
                }
            }
        }
        objects.removeAll(deleted);
        if (!found && patch.isObject() && target == null) {
            ManifestNode alone = new StrategicMerge(budget).mergeObject(patch.object(), patch);
            if (alone != null) {
                objects.add(new KustomizedObject(alone, true));
            }
        }
    }

    /** The kind before may have none, and then kustomize gave it none. */
    private void markNamespace(KustomizedObject object) {
        ManifestNode metadata = object.root.field("metadata");
        ManifestNode namespace = metadata == null ? null : metadata.field("namespace");
        if (metadata != null && namespace != null) {
            metadata.fields.put("namespace", namespace.unknown(patch));
        }
    }

    private boolean matches(KustomizedObject object) throws InputException {
        if (target != null) {
            return target.matches(object);
        }
        KustomizeId named = KustomizeId.of(patch);
        if (!named.isKnown()) {
            throw patch.malformed("a patch: expected apiVersion, kind, name and namespace as texts in quotes");
        }
        if (object.ids().stream().noneMatch(named::mayBe)) {
            return false;
        }
        object.requireKnownId(ID);
        return true;
    }

    private boolean apply(KustomizedObject object, KustomizeBudget budget) throws InputException {
        if (patch.isArray()) {
            if (remembers) {
                object.remember(budget);
            }
            JsonOperations.apply(patch, object.root, budget);
            return true;
        }
        if (nameMayChange || kindMayChange) {
            object.remember(budget);
        }
        Map<String, @Nullable ManifestNode> before = new HashMap<>();
        ManifestNode metadata = object.root.field("metadata");
        if (!kindMayChange) {
            before.put("kind", object.root.field("kind"));
        }
        // Kustomize gives the patch the version of the object.
        before.put("apiVersion", object.root.field("apiVersion"));
        Map<String, @Nullable ManifestNode> names = new HashMap<>();
        names.put("namespace", metadata == null ? null : metadata.field("namespace"));
        if (!nameMayChange) {
            names.put("name", metadata == null ? null : metadata.field("name"));
        }
        ManifestNode merged = new StrategicMerge(budget).mergeObject(object.root, patch);
        if (merged == null) {
            return false;
        }
        object.root = merged;
        restore(merged, before);
        ManifestNode now = merged.field("metadata");
        if (now != null && now.isObject()) {
            restore(now, names);
        }
        return true;
    }

    private static void restore(ManifestNode object, Map<String, @Nullable ManifestNode> fields) {
        fields.forEach((name, value) -> {
            if (value == null) {
                object.fields.remove(name);
            } else {
                object.fields.put(name, value);
            }
        });
    }
}
