package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of a chart from several places, of which later ones win, as Helm joins them: objects field by field, all else as a whole. Not
 * thread-safe.
 */
final class ChartLayers {

    /** Paths of {@code --set} without indexes and escapes. */
    private static final Pattern PATH = Pattern.compile("[^.\\[\\]{}=,\\\\]+(\\.[^.\\[\\]{}=,\\\\]+)*");

    /** What {@code --set} does not take as it is. */
    private static final Pattern SPECIAL = Pattern.compile("[\\[\\]{},\\\\]");

    private final KustomizeBudget budget;
    private @Nullable ManifestNode merged;

    ChartLayers(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** {@return the values; null if there are none} */
    @Nullable
    ManifestNode merged() {
        return merged;
    }

    /** Adds values, which win over those before. Nothing is changed in them. */
    void add(ManifestNode values) throws InputException {
        if (values.isObject()) {
            ManifestNode copy = values.copy(budget);
            merged = merged == null ? copy : merge(merged, copy);
        }
    }

    private ManifestNode merge(ManifestNode before, ManifestNode after) throws InputException {
        budget.visit(after, 1);
        if (!before.isObject() || !after.isObject()) {
            return after;
        }
        for (Map.Entry<String, ManifestNode> field : after.fields.entrySet()) {
            ManifestNode old = before.field(field.getKey());
            before.fields.put(field.getKey(), old == null ? field.getValue() : merge(old, field.getValue()));
        }
        return before;
    }

    /**
     * Sets one value, as {@code --set} does.
     *
     * @return whether that is known: a path with indexes and a text with commas are not
     */
    boolean set(String path, ManifestNode value) throws InputException {
        return !SPECIAL.matcher(value.text).find() && put(path, value);
    }

    /**
     * Sets one value that is not known.
     *
     * @param name what has it, as a variable
     * @return whether the path is one without indexes
     */
    boolean setUnknown(String path, ManifestNode at, String name) throws InputException {
        return put(path, at.withText("${" + name + "}"));
    }

    private boolean put(String path, ManifestNode value) throws InputException {
        if (!PATH.matcher(path).matches()) {
            return false;
        }
        ManifestNode layer = value;
        String[] steps = path.split("\\.", -1);
        for (int i = steps.length - 1; i >= 0; i--) {
            ManifestNode object = value.object();
            object.fields.put(steps[i], layer);
            layer = object;
        }
        add(layer);
        return true;
    }
}
