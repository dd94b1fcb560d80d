package io.imagegate.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A patch of a kustomization. Immutable. */
final class KustomizePatch {

    private final ManifestNode patch;
    private final @Nullable KustomizeTarget target;
    private final boolean nameMayChange;
    private final boolean kindMayChange;

    /**
     * Makes a patch.
     *
     * @param patch an object to merge, or a list of operations
     * @param target what it changes; null for the object that the patch names
     * @param options {@code allowNameChange} and {@code allowKindChange}; null if there are none
     */
    KustomizePatch(ManifestNode patch, @Nullable KustomizeTarget target, @Nullable ManifestNode options)
            throws ManifestException {
        if (patch.isScalar() || (patch.isArray() && target == null)) {
            throw patch.malformed("a patch: expected an object with a kind and a name, or operations and a target");
        }
        this.patch = patch;
        this.target = target;
        this.nameMayChange = isSet(options, "allowNameChange");
        this.kindMayChange = isSet(options, "allowKindChange");
    }

    private static boolean isSet(@Nullable ManifestNode options, String option) {
        ManifestNode value = options == null ? null : options.field(option);
        return value != null && value.text.equals("true");
    }

    /** Changes the objects that it matches. A patch of an object that is not among them becomes one itself. */
    void apply(List<KustomizedObject> objects, KustomizeBudget budget) throws ManifestException {
        List<KustomizedObject> deleted = new ArrayList<>();
        boolean found = false;
        for (KustomizedObject object : objects) {
            budget.match(patch, object.lengthOfIds(), target == null ? 0 : target.length());
            if (matches(object)) {
                found = true;
                if (!apply(object, budget)) {
                    deleted.add(object);
                }
                object.remember();
            }
        }
        objects.removeAll(deleted);
        if (!found && patch.isObject() && target == null) {
            ManifestNode alone = new StrategicMerge(budget).merge(null, patch);
            if (alone != null) {
                objects.add(new KustomizedObject(alone, true));
            }
        }
    }

    private boolean matches(KustomizedObject object) {
        if (target != null) {
            return target.matches(object);
        }
        return object.ids().contains(KustomizeId.of(patch));
    }

    private boolean apply(KustomizedObject object, KustomizeBudget budget) throws ManifestException {
        if (patch.isArray()) {
            JsonOperations.apply(patch, object.root, budget);
            return true;
        }
        Map<String, @Nullable ManifestNode> before = new HashMap<>();
        ManifestNode metadata = object.root.field("metadata");
        if (!kindMayChange) {
            before.put("apiVersion", object.root.field("apiVersion"));
            before.put("kind", object.root.field("kind"));
        }
        Map<String, @Nullable ManifestNode> names = new HashMap<>();
        names.put("namespace", metadata == null ? null : metadata.field("namespace"));
        if (!nameMayChange) {
            names.put("name", metadata == null ? null : metadata.field("name"));
        }
        ManifestNode merged = new StrategicMerge(budget).merge(object.root, patch);
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
