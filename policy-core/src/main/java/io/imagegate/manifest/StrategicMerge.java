package io.imagegate.manifest;

import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a strategic merge patch to a tree. Containers and volumes are merged by their names; other lists, which hold no images,
 * are replaced.
 */
final class StrategicMerge {

    private static final Set<String> BY_NAME = Set.of("containers", "initContainers", "ephemeralContainers", "volumes");
    private static final String DIRECTIVE = "$patch";
    private static final String DELETE = "delete";
    private static final String REPLACE = "replace";

    private final KustomizeBudget budget;

    StrategicMerge(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** {@return the merged value, which may be the one before, changed; null if the patch deletes it} */
    @Nullable
    ManifestNode merge(@Nullable ManifestNode before, ManifestNode patch) throws ManifestException {
        return merge("", before, patch);
    }

    private @Nullable ManifestNode merge(String name, @Nullable ManifestNode before, ManifestNode patch)
            throws ManifestException {
        if (patch.type == ValueType.NULL || patch.text(DIRECTIVE).equals(DELETE)) {
            return null;
        }
        if (patch.isObject()) {
            return before == null || !before.isObject() || patch.text(DIRECTIVE).equals(REPLACE)
                    ? fields(patch.object(), patch)
                    : fields(before, patch);
        }
        if (patch.isArray() && BY_NAME.contains(name)) {
            return elements(before, patch);
        }
        return patch.copy(budget);
    }

    private ManifestNode fields(ManifestNode before, ManifestNode patch) throws ManifestException {
        for (Map.Entry<String, ManifestNode> field : patch.fields.entrySet()) {
            String name = field.getKey();
            if (!name.startsWith("$")) {
                ManifestNode merged = merge(name, before.field(name), field.getValue());
                if (merged == null) {
                    before.fields.remove(name);
                } else {
                    before.fields.put(name, merged);
                }
            }
        }
        return before;
    }

    /** The elements of the patch come first, as kustomize puts them. */
    private ManifestNode elements(@Nullable ManifestNode before, ManifestNode patch) throws ManifestException {
        requireKnownDirectives(patch);
        List<ManifestNode> rest = new ArrayList<>(before == null || isReplaced(patch) ? List.of() : before.elements);
        ManifestNode list = patch.array();
        for (ManifestNode element : patch.elements) {
            budget.visit(element, rest.size());
            int at = indexOf(rest, element.text("name"));
            ManifestNode merged = isReplacement(element) ? null : merge("", at < 0 ? null : rest.remove(at), element);
            if (merged != null) {
                list.elements.add(merged);
            }
        }
        list.elements.addAll(rest);
        return list;
    }

    /** Kustomize takes a directive as that of the list only if no element before it has one. */
    private static void requireKnownDirectives(ManifestNode patch) throws ManifestException {
        boolean directive = false;
        for (ManifestNode element : patch.elements) {
            if (directive && isReplacement(element)) {
                throw element.malformed(
                        "what \"$patch: replace\" makes of images behind another \"$patch\" of the list is not known:"
                                + " write it first, or check what kubectl kustomize prints instead");
            }
            directive |= element.field(DIRECTIVE) != null;
        }
    }

    private static boolean isReplaced(ManifestNode patch) {
        return patch.elements.stream().anyMatch(StrategicMerge::isReplacement);
    }

    /** A list with such an element replaces the one before. */
    private static boolean isReplacement(ManifestNode element) {
        return element.fields.size() == 1 && element.text(DIRECTIVE).equals(REPLACE);
    }

    /** Elements without a name are added: what would become of them is unclear, and one more image allows nothing. */
    private static int indexOf(List<ManifestNode> elements, String name) {
        for (int i = 0; i < elements.size() && !name.isEmpty(); i++) {
            if (elements.get(i).text("name").equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
