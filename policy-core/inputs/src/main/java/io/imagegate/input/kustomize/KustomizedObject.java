package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An object on its way through kustomizations, with the names that it had. Mutable, not thread-safe. */
final class KustomizedObject {

    /** How many visits take the time in which its first id and that of now are made. */
    private static final int VISITS_OF_IDS = 20;

    private static final String ANNOTATIONS = "annotations";
    private static final String LABELS = "labels";
    private static final String METADATA = "metadata";

    /** Annotations of this domain and those below are of kustomize. */
    private static final List<String> DOMAINS = List.of("config.kubernetes.io", "config.k8s.io");

    /** Those of them that authors write, and that make nothing of an object but leave it out. */
    private static final Set<String> HARMLESS = Set.of(
            "config.kubernetes.io/local-config", "config.kubernetes.io/function", "config.kubernetes.io/depends-on");

    /** What has lists of containers that kustomize changes twice: wherever they are, and at these places. */
    private static final Set<String> PODS = Set.of("/spec", "/spec/template/spec");

    /** The same, and what is on the way. */
    private static final Set<String> TO_PODS = Set.of("/spec", "/spec/template", "/spec/template/spec");

    private static final String OTHER = "other";

    private static final Set<String> WITHOUT_PREFIX = Set.of("CustomResourceDefinition", "Namespace");

    /** One that kustomize does not rename either, in this group alone. */
    private static final String API_SERVICE = "APIService";

    private static final String GROUP_OF_API_SERVICE = "apiregistration.k8s.io/";

    ManifestNode root;
    /** Whether it is a patch of an object that was not read: its containers without an image are left out. */
    final boolean isPatch;

    /** Whether its name gets a hash in the end. */
    private boolean hasHash;

    private final List<KustomizeId> earlier = new ArrayList<>();
    /** Names of labels that it and the templates of its kind got at once. */
    private final Set<String> inTemplates = new HashSet<>();

    KustomizedObject(ManifestNode root, boolean isPatch) {
        this.root = root;
        this.isPatch = isPatch;
    }

    /** A generator gives its name a hash. */
    void addHash() {
        hasHash = true;
    }

    KustomizeId id() {
        return KustomizeId.of(root);
    }

    /** {@return the id that it had at first} */
    KustomizeId firstId() {
        return earlier.isEmpty() ? id() : withVersion(earlier.get(0));
    }

    /** {@return the ids that it has and had; earlier ones have the API version of now, as in kustomize} */
    List<KustomizeId> ids() {
        List<KustomizeId> ids = new ArrayList<>();
        for (KustomizeId id : earlier) {
            ids.add(withVersion(id));
        }
        ids.add(id());
        return ids;
    }

    private KustomizeId withVersion(KustomizeId id) {
        return new KustomizeId(id().apiVersion(), id.kind(), id.namespace(), id.name());
    }

    /** Refuses an object of which one of these parts of its id is not known, or was not at first. */
    void requireKnownId(Set<String> parts) throws InputException {
        boolean version = parts.contains("group") || parts.contains("version");
        ManifestNode metadata = root.field(METADATA);
        for (String part : List.of("apiVersion", "kind", "namespace", "name")) {
            boolean isOfRoot = part.equals("apiVersion") || part.equals("kind");
            ManifestNode in = isOfRoot ? root : metadata;
            if (in != null && (part.equals("apiVersion") ? version : parts.contains(part))) {
                in.requireKnown();
                ManifestNode value = in.field(part);
                if (value != null && value.type != ValueType.NULL) {
                    value.requireKnown();
                    requireText(value, part);
                }
            }
        }
        for (KustomizeId id : ids()) {
            if ((parts.contains("kind") && id.kind() == null)
                    || (parts.contains("name") && id.name() == null)
                    || (parts.contains("namespace") && id.namespace() == null)) {
                throw root.malformed("a name that this object had before is not known, and a patch looks for it: "
                        + "check what kubectl kustomize prints instead");
            }
        }
    }

    /** Refuses another value than a text where patches look for it: kustomize may write it differently. */
    static void requireText(ManifestNode value, String field) throws InputException {
        if (!value.isText()) {
            throw value.malformed(field + ": expected a text in quotes, because a patch looks for it");
        }
    }

    /** {@return how long the texts of its ids are together} */
    int lengthOfIds() {
        int length = id().length();
        for (KustomizeId id : earlier) {
            length += id.length();
        }
        return length;
    }

    /** {@return whether it may have had another name or namespace} */
    boolean isRenamed() {
        return hasHash || !earlier.isEmpty();
    }

    /** Remembers its id, where kustomize does. */
    void remember(KustomizeBudget budget) throws InputException {
        budget.copy(root);
        budget.visit(root, VISITS_OF_IDS);
        earlier.add(id());
    }

    /** {@return whether kustomize leaves it out of what it prints} */
    boolean isLocal() throws InputException {
        ManifestNode metadata = root.field(METADATA);
        ManifestNode annotations = metadata == null ? null : metadata.field(ANNOTATIONS);
        ManifestNode local = annotations == null ? null : annotations.field("config.kubernetes.io/local-config");
        if (local == null) {
            return false;
        }
        local.requireKnown();
        return !local.text.equals("false");
    }

    /** Refuses annotations by which kustomize itself remembers what it did with an object. */
    void requireOwnAnnotations(KustomizeBudget budget) throws InputException {
        ManifestNode metadata = root.field(METADATA);
        ManifestNode annotations = metadata == null ? null : metadata.field(ANNOTATIONS);
        if (annotations == null) {
            return;
        }
        budget.visit(annotations, annotations.fields.size());
        for (Map.Entry<String, ManifestNode> annotation : annotations.fields.entrySet()) {
            if (isOfKustomize(annotation.getKey()) && !HARMLESS.contains(annotation.getKey())) {
                throw annotation
                        .getValue()
                        .malformed("what kustomize makes of an object with the annotation "
                                + SafeText.quote(annotation.getKey(), 100)
                                + " is not known: check what kubectl kustomize prints instead");
            }
        }
    }

    /** {@return whether kustomize itself writes such annotations} */
    static boolean isOfKustomize(String annotation) {
        String domain = annotation.substring(0, Math.max(0, annotation.indexOf('/')));
        return DOMAINS.stream().anyMatch(own -> domain.equals(own) || domain.endsWith("." + own));
    }

    void setNamespace(ManifestNode namespace, KustomizeBudget budget) throws InputException {
        remember(budget);
        metadata(root).fields.put("namespace", namespace);
    }

    void rename(String prefix, String suffix, KustomizeBudget budget) throws InputException {
        if (!prefix.isEmpty()) {
            rename(prefix, name -> prefix + name, budget);
        }
        if (!suffix.isEmpty()) {
            rename(suffix, name -> name + suffix, budget);
        }
    }

    private void rename(String added, UnaryOperator<String> change, KustomizeBudget budget) throws InputException {
        if (isNeverRenamed(firstId())) {
            return;
        }
        remember(budget);
        ManifestNode name = metadata(root).field("name");
        if (name != null && name.isScalar() && name.changedBy == null) {
            budget.make(name, (long) added.length() + name.text.length());
            metadata(root).fields.put("name", name.withText(change.apply(name.text)));
        }
    }

    private static boolean isNeverRenamed(KustomizeId first) {
        String kind = String.valueOf(first.kind());
        return WITHOUT_PREFIX.contains(kind)
                || (kind.equals(API_SERVICE)
                        && String.valueOf(first.apiVersion()).startsWith(GROUP_OF_API_SERVICE));
    }

    /** Adds annotations, also to the templates of its kind. */
    void annotate(Map<String, ManifestNode> annotations) {
        put(ANNOTATIONS, root, annotations);
        templates(ANNOTATIONS).forEach(template -> put(ANNOTATIONS, at(template), annotations));
    }

    /**
     * Adds labels.
     *
     * @param templates whether also to the templates of its kind
     */
    void label(Map<String, ManifestNode> labels, boolean templates) {
        put(LABELS, root, labels);
        for (List<String> template : templates(LABELS)) {
            if (templates) {
                put(LABELS, at(template), labels);
            } else {
                markShared(at(template), labels);
            }
        }
        if (templates) {
            rememberLabels(labels.keySet());
        }
    }

    /** Remembers labels that kustomize may have given the object and its templates at once. */
    void rememberLabels(Set<String> names) {
        inTemplates.addAll(names);
    }

    /** Kustomize may change a label of a template with the one of the object, if it gave both at once before. */
    private void markShared(ManifestNode template, Map<String, ManifestNode> labels) {
        ManifestNode metadata = template.field(METADATA);
        ManifestNode before = metadata == null ? null : metadata.field(LABELS);
        if (before == null || before.changedBy != null) {
            return;
        }
        labels.forEach((name, value) -> {
            ManifestNode old = inTemplates.contains(name) ? before.field(name) : null;
            if (old != null && !old.text.equals(value.text)) {
                before.fields.put(name, old.unknown(value));
            }
        });
    }

    private ManifestNode at(List<String> path) {
        ManifestNode at = root;
        for (String step : path) {
            at = child(at, step);
        }
        return at;
    }

    /** {@return where kustomize puts labels or annotations besides; the same in all its versions} */
    private List<List<String>> templates(String field) {
        List<String> template = List.of("spec", "template");
        String apiVersion = root.text("apiVersion");
        boolean batch = apiVersion.startsWith("batch/");
        return switch (root.text("kind")) {
            case "Deployment", "ReplicaSet", "DaemonSet" -> List.of(template);
            case "StatefulSet" ->
                field.equals(ANNOTATIONS) || apiVersion.startsWith("apps/") ? List.of(template) : List.of();
            case "ReplicationController" ->
                apiVersion.substring(apiVersion.indexOf('/') + 1).equals("v1") ? List.of(template) : List.of();
            case "Job" -> batch ? List.of(template) : List.of();
            case "CronJob" ->
                batch
                        ? List.of(List.of("spec", "jobTemplate"), List.of("spec", "jobTemplate", "spec", "template"))
                        : List.of();
            default -> List.of();
        };
    }

    /** Adds labels and annotations to it alone. */
    void describe(Map<String, ManifestNode> labels, Map<String, ManifestNode> annotations) {
        put(LABELS, root, labels);
        put(ANNOTATIONS, root, annotations);
    }

    void markGeneratedName() {
        ManifestNode name = metadata(root).field("name");
        if (hasHash && name != null) {
            metadata(root).fields.put("name", name.unknown(name));
        }
    }

    /** Marks the label by which kustomize names its version, where it is that of pods. */
    void markManagedBy(ManifestNode by) {
        if (templates(LABELS).isEmpty()) {
            put(
                    LABELS,
                    root,
                    Map.of("app.kubernetes.io/managed-by", by.withText("").unknown(by)));
        }
    }

    private static void put(String field, ManifestNode object, Map<String, ManifestNode> texts) {
        ManifestNode map = texts.isEmpty() ? null : child(metadata(object), field);
        if (map != null && map.changedBy == null) {
            map.fields.putAll(texts);
        }
    }

    private static ManifestNode metadata(ManifestNode object) {
        return child(object, METADATA);
    }

    /** {@return the object in a field, which is made if there is none} */
    private static ManifestNode child(ManifestNode object, String field) {
        ManifestNode child = object.field(field);
        if (child == null || (!child.isObject() && child.changedBy == null)) {
            child = object.object();
            object.fields.put(field, child);
        }
        return child;
    }

    /** Gives the images in all lists of containers the names that entries of {@code images} make of them. */
    void apply(List<ImageEntry> entries, KustomizeBudget budget) throws InputException {
        if (!entries.isEmpty() && !root.text("kind").equals("CustomResourceDefinition")) {
            apply(root, "", entries, budget);
        }
    }

    /** Applies entries to all below a value; twice in the places that kustomize visits also because of its configuration. */
    private static void apply(ManifestNode value, String path, List<ImageEntry> entries, KustomizeBudget budget)
            throws InputException {
        budget.visit(value, 1);
        for (ManifestNode element : value.elements) {
            apply(element, path, entries, budget);
        }
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            ManifestNode below = field.getValue();
            apply(below, path.equals(OTHER) ? OTHER : next(path, field.getKey()), entries, budget);
            if (field.getKey().equals("containers") || field.getKey().equals("initContainers")) {
                boolean again = PODS.contains(path);
                for (ManifestNode container : below.elements) {
                    applyToContainer(container, again, entries, budget);
                }
                if (again) {
                    applyToContainer(below, false, entries, budget);
                }
            } else if (field.getKey().equals("volumes")) {
                for (ManifestNode volume : field.getValue().elements) {
                    markReference(volume.field("image"), entries, budget);
                }
            }
        }
    }

    private static String next(String path, String field) {
        String next = path + "/" + field;
        return TO_PODS.contains(next) ? next : OTHER;
    }

    private static void applyToContainer(
            ManifestNode container, boolean again, List<ImageEntry> entries, KustomizeBudget budget)
            throws InputException {
        ManifestNode image = container.field("image");
        if (image != null) {
            container.fields.put("image", made(image, again, entries, budget));
        }
    }

    /** Marks the image of a volume, which only kustomize 5.8 and later changes as those of containers. */
    private static void markReference(@Nullable ManifestNode image, List<ImageEntry> entries, KustomizeBudget budget)
            throws InputException {
        ManifestNode reference = image == null ? null : image.field("reference");
        if (image != null && reference != null) {
            ManifestNode made = made(reference, false, entries, budget);
            if (made != reference) {
                image.fields.put("reference", reference.unknown(made));
            }
        }
    }

    private static ManifestNode made(
            ManifestNode image, boolean again, List<ImageEntry> entries, KustomizeBudget budget) throws InputException {
        ManifestNode made = image;
        for (ImageEntry entry : entries) {
            int times = again && entry.isRepeated() ? 2 : 1;
            for (int i = 0; i < times; i++) {
                budget.match(image, made.text.length(), entry.length());
                ManifestNode before = made;
                made = made.isScalar() && made.changedBy == null ? entry.apply(made) : made;
                if (made != before) {
                    budget.make(image, made.text.length());
                }
            }
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
