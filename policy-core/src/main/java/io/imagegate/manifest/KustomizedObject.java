package io.imagegate.manifest;

import io.imagegate.syntax.ValueType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object on its way through kustomizations, with the names that it had. Mutable, not thread-safe. */
final class KustomizedObject {

    private static final String ANNOTATIONS = "annotations";

    ManifestNode root;
    /** Whether it is a patch of an object that was not read: its containers without an image are left out. */
    final boolean isPatch;

    private final Set<KustomizeId> ids = new LinkedHashSet<>();

    KustomizedObject(ManifestNode root, boolean isPatch) {
        this.root = root;
        this.isPatch = isPatch;
        remember();
    }

    /** {@return the ids that it has and had} */
    Set<KustomizeId> ids() {
        return ids;
    }

    /** {@return how long the texts of its ids are together} */
    int lengthOfIds() {
        int length = 0;
        for (KustomizeId id : ids) {
            length += id.length();
        }
        return length;
    }

    /** Remembers its id before and after a change of it. */
    void remember() {
        ids.add(KustomizeId.of(root));
    }

    void setNamespace(ManifestNode namespace) {
        metadata(root).fields.put("namespace", namespace);
        remember();
    }

    void rename(String prefix, String suffix) {
        ManifestNode name = metadata(root).field("name");
        if (name != null && name.isScalar()) {
            metadata(root).fields.put("name", name.withText(prefix + name.text + suffix));
            remember();
        }
    }

    /** Adds annotations, also to the templates of its kind. */
    void annotate(Map<String, ManifestNode> annotations) {
        put(ANNOTATIONS, root, annotations);
        for (List<String> template : templates()) {
            ManifestNode at = root;
            for (String step : template) {
                at = child(at, step);
            }
            put(ANNOTATIONS, at, annotations);
        }
    }

    private List<List<String>> templates() {
        List<String> template = List.of("spec", "template");
        return switch (root.text("kind")) {
            case "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController", "Job" ->
                List.of(template);
            case "CronJob" ->
                List.of(List.of("spec", "jobTemplate"), List.of("spec", "jobTemplate", "spec", "template"));
            default -> List.of();
        };
    }

    void label(Map<String, ManifestNode> labels) {
        put("labels", root, labels);
    }

    private static void put(String field, ManifestNode object, Map<String, ManifestNode> texts) {
        if (!texts.isEmpty()) {
            child(metadata(object), field).fields.putAll(texts);
        }
    }

    private static ManifestNode metadata(ManifestNode object) {
        return child(object, "metadata");
    }

    /** {@return the object in a field, which is made if there is none} */
    private static ManifestNode child(ManifestNode object, String field) {
        ManifestNode child = object.field(field);
        if (child == null || !child.isObject()) {
            child = object.object();
            object.fields.put(field, child);
        }
        return child;
    }

    /** Gives the images in all lists of containers the names that entries of {@code images} make of them. */
    void apply(List<ImageEntry> entries, KustomizeBudget budget) throws ManifestException {
        if (!entries.isEmpty() && !root.text("kind").equals("CustomResourceDefinition")) {
            apply(root, entries, budget);
        }
    }

    private static void apply(ManifestNode value, List<ImageEntry> entries, KustomizeBudget budget)
            throws ManifestException {
        budget.visit(value, 1);
        for (ManifestNode element : value.elements) {
            apply(element, entries, budget);
        }
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            apply(field.getValue(), entries, budget);
            if (field.getKey().equals("containers") || field.getKey().equals("initContainers")) {
                for (ManifestNode container : field.getValue().elements) {
                    ManifestNode image = container.field("image");
                    if (image != null) {
                        container.fields.put("image", made(image, entries, budget));
                    }
                }
            }
        }
    }

    private static ManifestNode made(ManifestNode image, List<ImageEntry> entries, KustomizeBudget budget)
            throws ManifestException {
        ManifestNode made = image;
        for (ImageEntry entry : entries) {
            budget.match(image, made.text.length(), entry.length());
            made = made.isScalar() ? entry.apply(made) : made;
        }
        return made;
    }

    /** Removes containers and volumes of a patch that have no image, which those of the patched object have. */
    void removeIncomplete() {
        if (isPatch) {
            removeIncomplete(root);
        }
    }

    private static void removeIncomplete(ManifestNode value) {
        value.elements.forEach(KustomizedObject::removeIncomplete);
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            ManifestNode list = field.getValue();
            removeIncomplete(list);
            if (list.isArray() && field.getKey().toLowerCase(Locale.ROOT).endsWith("containers")) {
                list.elements.removeIf(container -> isMissing(container.field("image")));
            }
        }
    }

    private static boolean isMissing(@Nullable ManifestNode image) {
        return image == null || image.type == ValueType.NULL;
    }
}
