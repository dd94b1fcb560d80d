package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of a chart from several places, of which later ones win, as Helm joins them: objects field by field, all else as a whole. What
 * is given wins over the defaults of the chart, and null takes them away. Not thread-safe.
 */
final class ChartLayers {

    private final KustomizeBudget budget;
    private @Nullable ManifestNode defaults;
    private @Nullable ManifestNode given;

    ChartLayers(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** {@return the values; null if there are none} */
    @Nullable
    ManifestNode merged() throws InputException {
        ManifestNode chosen = given;
        ManifestNode chart = defaults;
        return chosen == null ? chart : chart == null ? chosen : joined(chart, chosen, true);
    }

    /** Adds defaults of the chart. Nothing is changed in them. */
    void addDefaults(ManifestNode values) throws InputException {
        if (values.isObject()) {
            defaults = defaults == null ? values : joined(defaults, values, false);
        }
    }

    /** Adds values, which win over those before. Nothing is changed in them. */
    void add(ManifestNode values) throws InputException {
        if (values.isObject()) {
            addShared(values.copy(budget));
        }
    }

    /** Adds values, which win over those before; what is set later is also set in them, but for their own fields. */
    void addShared(ManifestNode values) throws InputException {
        given = joined(given == null ? values.object() : given, values, false);
    }

    /**
     * {@return values with those that win over them}
     *
     * @param removes whether null takes a value away
     */
    private ManifestNode joined(ManifestNode before, ManifestNode after, boolean removes) throws InputException {
        budget.keep(after, 1L + before.fields.size() + after.fields.size());
        ManifestNode all = after.object();
        all.fields.putAll(before.fields);
        for (Map.Entry<String, ManifestNode> field : after.fields.entrySet()) {
            ManifestNode old = before.field(field.getKey());
            ManifestNode value = field.getValue();
            if (removes && value.type == ValueType.NULL) {
                all.fields.remove(field.getKey());
            } else if (old != null && old.isObject() && value.isObject()) {
                all.fields.put(field.getKey(), joined(old, value, removes));
            } else {
                all.fields.put(field.getKey(), value);
            }
        }
        return all;
    }

    /**
     * Sets values, as {@code --set} does.
     *
     * @param path where, as Helm writes it
     * @param value the value, as Helm reads it
     * @param isText whether it is a text, as in {@code --set-string}
     * @param at where the value is written
     * @return whether Helm takes that
     */
    boolean set(String path, String value, boolean isText, ManifestNode at) throws InputException {
        return set(new HelmSetText(path + "=" + value, isText, at, budget));
    }

    /** Sets what a text says. {@return whether Helm takes that} */
    boolean set(HelmSetText text) throws InputException {
        ManifestNode all = given == null ? text.object() : given;
        given = all;
        return text.putInto(all);
    }

    /**
     * Sets one value that is not known.
     *
     * @param name what has it, as a variable
     * @return whether Helm takes the path
     */
    boolean setUnknown(String path, ManifestNode at, String name) throws InputException {
        return set(path, HelmSetText.unknown(name), true, at);
    }
}
