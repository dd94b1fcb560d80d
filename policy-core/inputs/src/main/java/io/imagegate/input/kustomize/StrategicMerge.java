package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a strategic merge patch to a tree. In pods of the kinds and versions whose schema kustomize has, containers and volumes
 * are merged by their names, also those that the patch does not name; other lists are replaced. What is between these two is
 * refused.
 */
final class StrategicMerge {

    private static final Set<String> BY_NAME = Set.of("containers", "initContainers", "ephemeralContainers", "volumes");
    private static final String DIRECTIVE = "$patch";
    private static final String DELETE = "delete";
    private static final String REPLACE = "replace";
    private static final Set<String> DIRECTIVES = Set.of(DELETE, REPLACE, "merge");
    private static final String UNKNOWN = " is not known: check what kubectl kustomize prints instead";

    private static final List<String> TEMPLATE = List.of("spec", "template", "spec");

    /** Where pods stand in the kinds of which all versions of kustomize have the schema. */
    private static final Map<String, List<String>> PODS = Map.of(
            "v1 Pod", List.of("spec"),
            "v1 PodTemplate", List.of("template", "spec"),
            "v1 ReplicationController", TEMPLATE,
            "apps/v1 Deployment", TEMPLATE,
            "apps/v1 ReplicaSet", TEMPLATE,
            "apps/v1 StatefulSet", TEMPLATE,
            "apps/v1 DaemonSet", TEMPLATE,
            "batch/v1 Job", TEMPLATE,
            "batch/v1 CronJob", List.of("spec", "jobTemplate", "spec", "template", "spec"));

    /** Groups of kinds with pods in some version of Kubernetes. */
    private static final Set<String> GROUPS = Set.of("", "apps", "batch", "extensions");

    private final KustomizeBudget budget;

    StrategicMerge(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** {@return whether all versions of kustomize have the schema of the kind of an object, which has pods} */
    static boolean knows(ManifestNode object) {
        return PODS.containsKey(object.text("apiVersion") + " " + object.text("kind"));
    }

    /** What is known about a value: the way to the pod in it, or that it has none. */
    private record Place(@Nullable List<String> pod, boolean isList, boolean isUnclear) {

        static final Place OTHER = new Place(null, false, false);
        static final Place LIST = new Place(null, true, false);
        static final Place UNCLEAR = new Place(null, false, true);

        Place in(String field) {
            if (isUnclear || pod == null) {
                return isUnclear ? this : OTHER;
            }
            if (pod.isEmpty()) {
                return BY_NAME.contains(field) ? LIST : OTHER;
            }
            return pod.get(0).equals(field) ? new Place(pod.subList(1, pod.size()), false, false) : OTHER;
        }
    }

    /** {@return the merged object, which may be the one before, changed; null if the patch deletes it} */
    @Nullable
    ManifestNode mergeObject(ManifestNode before, ManifestNode patch) throws InputException {
        return merge("", Place.OTHER, before, patch);
    }

    private @Nullable ManifestNode merge(String name, Place place, @Nullable ManifestNode before, ManifestNode patch)
            throws InputException {
        budget.visit(patch, 1);
        if (patch.type == ValueType.NULL) {
            return null;
        }
        if (before != null && before.changedBy != null && !patch.isScalar()) {
            // Still unknown, also if the patch replaces all of it.
            return before;
        }
        if (patch.isArray()) {
            if (place.isUnclear() && BY_NAME.contains(name)) {
                throw patch.malformed("how kustomize merges " + name + " of a kind of this version" + UNKNOWN);
            }
            return place.isList() ? elements(before, patch) : patch.copy(budget);
        }
        if (!patch.isObject()) {
            return patch.copy(budget);
        }
        String directive = directive(patch);
        if (directive.equals(DELETE)) {
            return null;
        }
        ManifestNode onto = before == null || !before.isObject() || directive.equals(REPLACE) ? patch.object() : before;
        return fields(place(place, before, patch), onto, patch);
    }

    private static String directive(ManifestNode patch) throws InputException {
        for (Map.Entry<String, ManifestNode> field : patch.fields.entrySet()) {
            boolean known = field.getKey().equals(DIRECTIVE) && DIRECTIVES.contains(field.getValue().text);
            if (field.getKey().startsWith("$") && !known) {
                throw field.getValue()
                        .malformed("what " + SafeText.quote(field.getKey(), 60) + " makes of images" + UNKNOWN);
            }
        }
        return patch.text(DIRECTIVE);
    }

    /** Kustomize takes the schema of the kind of an object, also of one in another whose schema it does not have. */
    private static Place place(Place place, @Nullable ManifestNode before, ManifestNode patch) {
        if (place.isUnclear() || place.pod() != null) {
            return place;
        }
        Place old = before == null ? Place.OTHER : ofKind(before, before);
        if (!old.equals(Place.OTHER)) {
            return old;
        }
        Place other = ofKind(patch, before == null || before.text("apiVersion").isEmpty() ? patch : before);
        return before == null || before.fields.isEmpty() || other.equals(Place.OTHER) ? other : Place.UNCLEAR;
    }

    private static Place ofKind(ManifestNode object, ManifestNode versioned) {
        String kind = object.text("kind");
        String apiVersion = versioned.text("apiVersion");
        List<String> pod = PODS.get(apiVersion + " " + kind);
        if (pod != null) {
            return new Place(pod, false, false);
        }
        boolean isOfGroup = !apiVersion.isEmpty()
                && GROUPS.contains(apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/'))))
                && PODS.keySet().stream().anyMatch(known -> known.endsWith(" " + kind));
        return isOfGroup ? Place.UNCLEAR : Place.OTHER;
    }

    private ManifestNode fields(Place place, ManifestNode before, ManifestNode patch) throws InputException {
        for (Map.Entry<String, ManifestNode> field : patch.fields.entrySet()) {
            String name = field.getKey();
            if (!name.equals(DIRECTIVE)) {
                ManifestNode merged = merge(name, place.in(name), before.field(name), field.getValue());
                if (merged == null) {
                    before.fields.remove(name);
                } else {
                    before.fields.put(name, merged);
                }
            }
        }
        for (Map.Entry<String, ManifestNode> field : before.fields.entrySet()) {
            if (!patch.fields.containsKey(field.getKey())) {
                field.setValue(unpatched(field.getKey(), place.in(field.getKey()), field.getValue()));
            }
        }
        return before;
    }

    /** Merges lists that a patch does not name with nothing, which leaves the last of the elements of one name. */
    private ManifestNode unpatched(String name, Place place, ManifestNode value) throws InputException {
        budget.visit(value, 1);
        if (value.changedBy != null) {
            return value;
        }
        if (value.isArray() && BY_NAME.contains(name) && !place.equals(Place.OTHER)) {
            ManifestNode merged = elements(value, value.array());
            if (place.isUnclear() && merged.elements.size() < value.elements.size()) {
                throw value.malformed("how kustomize merges " + name + " of a kind of this version" + UNKNOWN);
            }
            return merged;
        }
        Place in = place(place, value, value);
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            field.setValue(unpatched(field.getKey(), in.in(field.getKey()), field.getValue()));
        }
        return value;
    }

    /** The elements of the patch come first, as kustomize puts them. Of those before with one name the last is left, unpatched. */
    private ManifestNode elements(@Nullable ManifestNode onto, ManifestNode patch) throws InputException {
        ManifestNode before = onto == null || !onto.isArray() ? null : onto;
        boolean replaces = replaces(before, patch);
        Map<String, ManifestNode> old = new LinkedHashMap<>();
        Map<String, ManifestNode> lastOfMany = new HashMap<>();
        for (ManifestNode element : before == null || replaces ? List.<ManifestNode>of() : before.elements) {
            budget.visit(element, 1);
            String name = name(element);
            if (old.putIfAbsent(name, element) != null) {
                lastOfMany.put(name, element);
            }
        }
        ManifestNode list = patch.array();
        Set<String> patched = new HashSet<>();
        for (ManifestNode element : patch.elements) {
            if (isOfList(element)) {
                continue;
            }
            String name = name(element);
            if (!patched.add(name)) {
                throw twice(element);
            }
            if (element.text(DIRECTIVE).equals(REPLACE)) {
                // Kustomize leaves some of these elements as they are.
                throw element.malformed("what \"$patch: replace\" makes of an element of a list" + UNKNOWN);
            }
            ManifestNode merged = merge("", Place.OTHER, old.remove(name), element);
            if (merged != null) {
                list.elements.add(lastOfMany.getOrDefault(name, merged));
            }
        }
        old.forEach((name, element) -> list.elements.add(lastOfMany.getOrDefault(name, element)));
        return list;
    }

    private static String name(ManifestNode element) throws InputException {
        element.requireKnown();
        ManifestNode name = element.field("name");
        if (name == null || name.type != ValueType.STRING || name.text.isEmpty()) {
            throw element.malformed("how kustomize merges an element without a name" + UNKNOWN);
        }
        name.requireKnown();
        return name.text;
    }

    private static InputException twice(ManifestNode element) {
        return element.malformed(
                "how kustomize merges two elements named " + SafeText.quote(element.text("name"), 60) + UNKNOWN);
    }

    /** {@return whether the first element of a list says that it replaces the one before} */
    private static boolean replaces(@Nullable ManifestNode before, ManifestNode patch) throws InputException {
        for (int i = 0; i < patch.elements.size(); i++) {
            ManifestNode element = patch.elements.get(i);
            if (isOfList(element)
                    && (i > 0 || before == null || !element.text(DIRECTIVE).equals(REPLACE))) {
                throw element.malformed("what \"$patch\" makes of images there" + UNKNOWN
                        + ", or write \"$patch: replace\" first, for a list that is in the base");
            }
        }
        return !patch.elements.isEmpty() && isOfList(patch.elements.get(0));
    }

    /** {@return whether an element has a directive alone, which is that of the list} */
    private static boolean isOfList(ManifestNode element) {
        return element.fields.size() == 1 && element.fields.containsKey(DIRECTIVE);
    }
}
