package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies a JSON patch (RFC 6902) to a tree, without its tests: where one fails, kustomize makes nothing. */
final class JsonOperations {

    /** Deeper values hold no images, and each operation could nest others more deeply. */
    private static final int DEEPEST = 100;

    private static final String END = "-";
    private static final int SHOWN = 100;

    private final ManifestNode root;
    private final KustomizeBudget budget;

    private JsonOperations(ManifestNode root, KustomizeBudget budget) {
        this.root = root;
        this.budget = budget;
    }

    static void apply(ManifestNode operations, ManifestNode object, KustomizeBudget budget) throws InputException {
        JsonOperations patch = new JsonOperations(object, budget);
        for (ManifestNode operation : operations.elements) {
            patch.apply(operation);
        }
    }

    private void apply(ManifestNode operation) throws InputException {
        budget.visit(operation, 1);
        switch (operation.text("op")) {
            case "add" -> put(operation, known(value(operation).copy(budget)), true);
            case "replace" -> put(operation, known(value(operation).copy(budget)), false);
            case "remove" -> remove(operation, "path");
            case "move" -> put(operation, remove(operation, "from"), true);
            case "copy" ->
                put(operation, find(operation, path(operation, "from")).copy(budget), true);
            case "test" -> {
                // See above.
            }
            default ->
                throw operation.malformed("op: expected add, replace, remove, move, copy or test, got "
                        + SafeText.quote(operation.text("op"), SHOWN));
        }
    }

    private static ManifestNode value(ManifestNode operation) throws InputException {
        ManifestNode value = operation.field("value");
        if (value == null) {
            throw operation.malformed("expected a value to add");
        }
        return value;
    }

    /** {@return a value in which words such as {@code yes} are unknown: kustomize reads a patch by an old version of YAML} */
    private static ManifestNode known(ManifestNode value) {
        if (!value.isSameInOperations()) {
            return value.unknown(value);
        }
        if (value.isObject()) {
            value.fields.replaceAll((name, field) -> known(field));
        } else if (value.isArray()) {
            value.elements.replaceAll(JsonOperations::known);
        }
        return value;
    }

    private static List<String> path(ManifestNode operation, String field) throws InputException {
        String pointer = operation.text(field);
        if (pointer.length() < 2 || pointer.charAt(0) != '/') {
            throw operation.malformed(field + ": expected a path such as /spec/template/spec/containers/0/image");
        }
        List<String> path = new ArrayList<>();
        for (String step : pointer.substring(1).split("/", -1)) {
            path.add(step.replace("~1", "/").replace("~0", "~"));
        }
        if (path.size() > DEEPEST) {
            throw operation.malformed(field + ": expected " + DEEPEST + " steps at most");
        }
        return path;
    }

    private ManifestNode find(ManifestNode operation, List<String> path) throws InputException {
        ManifestNode found = root;
        for (String step : path) {
            if (found.changedBy != null) {
                return found;
            }
            ManifestNode next = found.isArray() ? element(found, step) : found.field(step);
            if (next == null) {
                throw missing(operation);
            }
            found = next;
        }
        return found;
    }

    private static InputException missing(ManifestNode operation) {
        return operation.malformed("this patch finds nothing at its path "
                + SafeText.quote(operation.text("path"), SHOWN) + ", so kustomize refuses it");
    }

    private static @Nullable ManifestNode element(ManifestNode array, String step) {
        int index = index(step, array.elements.size());
        return index < 0 || index >= array.elements.size() ? null : array.elements.get(index);
    }

    /** Counts negative numbers from the end, as kustomize does; -1 for what is none. */
    private static int index(String step, int size) {
        try {
            int index = Integer.parseInt(step);
            return index < 0 ? index + size : index;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private void put(ManifestNode operation, ManifestNode value, boolean insert) throws InputException {
        List<String> path = path(operation, "path");
        ManifestNode parent = find(operation, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (parent.changedBy != null) {
            return;
        }
        if (parent.isObject()) {
            parent.fields.put(last, value);
            return;
        }
        int size = parent.elements.size();
        int index = insert && last.equals(END) ? size : index(last, insert && last.startsWith(END) ? size + 1 : size);
        if (!parent.isArray() || index < 0 || index > (insert ? size : size - 1)) {
            throw missing(operation);
        }
        if (insert) {
            parent.elements.add(index, value);
        } else {
            parent.elements.set(index, value);
        }
    }

    private ManifestNode remove(ManifestNode operation, String field) throws InputException {
        List<String> path = path(operation, field);
        ManifestNode removed = find(operation, path);
        ManifestNode parent = find(operation, path.subList(0, path.size() - 1));
        if (parent.changedBy != null) {
            return removed;
        }
        if (parent.isArray()) {
            parent.elements.remove(index(path.get(path.size() - 1), parent.elements.size()));
        } else {
            parent.fields.remove(path.get(path.size() - 1));
        }
        return removed;
    }
}
