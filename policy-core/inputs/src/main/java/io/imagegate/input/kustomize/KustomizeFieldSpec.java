package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A field that a configuration of a kustomization lets a transformer change. What a transformer writes there is not known here,
 * but for labels and annotations at their own places. Immutable.
 *
 * @param group the API group of the objects; empty for any
 * @param version their version; empty for any
 * @param kind their kind; empty for any
 * @param path the names of the fields on the way
 * @param create whether missing fields are made
 * @param by where this is written
 */
record KustomizeFieldSpec(
        String group, String version, String kind, List<String> path, boolean create, ManifestNode by) {

    private static final Set<String> FIELDS = Set.of("group", "version", "kind", "path", "create");
    private static final int LONGEST = 100;
    private static final int LONGEST_PATH = 2_000;

    /** Gives another content to a value. */
    @FunctionalInterface
    private interface Change {
        ManifestNode of(ManifestNode value) throws InputException;
    }

    static KustomizeFieldSpec of(ManifestNode spec) throws InputException {
        spec.requireFields("a field of a configuration", FIELDS);
        ManifestNode path = spec.field("path");
        ManifestNode create = spec.field("create");
        if (path == null || path.type != ValueType.STRING || path.text.isEmpty()) {
            throw spec.malformed("expected a path, such as spec/template/metadata/labels");
        }
        return new KustomizeFieldSpec(
                spec.text("group"),
                spec.text("version"),
                spec.text("kind"),
                steps(path),
                create != null && !create.text.equals("false"),
                path);
    }

    /** {@return the same field, of which what it makes unknown tells a kind: the text of what changed it} */
    KustomizeFieldSpec referringTo(String referent) {
        return new KustomizeFieldSpec(group, version, kind, path, create, by.withText(referent));
    }

    private static List<String> steps(ManifestNode path) throws InputException {
        List<String> steps = new ArrayList<>();
        String before = "";
        if (path.text.length() > LONGEST_PATH) {
            throw path.malformed("expected a path of " + LONGEST_PATH + " characters at most");
        }
        String text = path.text.startsWith("/") ? path.text.substring(1) : path.text;
        for (String step : text.split("/", -1)) {
            if (step.endsWith("\\")) {
                before += step.substring(0, step.length() - 1) + "/";
            } else {
                steps.add(before + (step.endsWith("[]") ? step.substring(0, step.length() - 2) : step));
                before = "";
            }
        }
        if (steps.size() > LONGEST || !before.isEmpty()) {
            throw path.malformed(
                    "expected a path of " + LONGEST + " steps at most, got " + SafeText.quote(path.text, LONGEST));
        }
        return steps;
    }

    private boolean selects(KustomizedObject object, KustomizeBudget budget) throws InputException {
        budget.match(by, object.lengthOfIds(), 1);
        return object.ids().stream().anyMatch(this::selects);
    }

    private boolean selects(KustomizeId id) {
        String apiVersion = id.apiVersion();
        int slash = apiVersion == null ? -1 : apiVersion.indexOf('/');
        return (kind.isEmpty() || id.kind() == null || kind.equals(id.kind()))
                && (apiVersion == null
                        || ((group.isEmpty() || group.equals(apiVersion.substring(0, Math.max(0, slash))))
                                && (version.isEmpty() || version.equals(apiVersion.substring(slash + 1)))));
    }

    /** Marks the texts at this field of an object as unknown. */
    void markTexts(KustomizedObject object, KustomizeBudget budget) throws InputException {
        if (selects(object, budget)) {
            walk(object.root, 0, value -> unknownTexts(value, budget), budget);
        }
    }

    /** Gives the image at this field of an object the name that an entry of {@code images} makes of it. */
    void apply(ImageEntry entry, KustomizedObject object, KustomizeBudget budget) throws InputException {
        if (selects(object, budget)) {
            walk(object.root, 0, value -> image(value, entry, budget), budget);
        }
    }

    private ManifestNode image(ManifestNode value, ImageEntry entry, KustomizeBudget budget) throws InputException {
        if (value.text.isEmpty()) {
            return unknownTexts(value, budget);
        }
        budget.match(value, value.text.length(), entry.length());
        ManifestNode made = entry.apply(value);
        budget.make(value, made == value ? 0 : made.text.length());
        return made;
    }

    /** Marks texts that have a variable of kustomize, such as {@code $(NAME)}. */
    void markVariables(KustomizedObject object, KustomizeBudget budget) throws InputException {
        if (selects(object, budget)) {
            walk(object.root, 0, value -> unknownVariables(value, budget), budget);
        }
    }

    /** Puts labels or annotations into this field of an object. */
    void put(KustomizedObject object, Map<String, ManifestNode> pairs, KustomizeBudget budget) throws InputException {
        if (selects(object, budget)) {
            walk(object.root, 0, value -> put(value, pairs, budget), budget);
        }
    }

    private ManifestNode put(ManifestNode value, Map<String, ManifestNode> pairs, KustomizeBudget budget)
            throws InputException {
        budget.keep(value, pairs.size());
        ManifestNode map = value.isScalar() ? value.object() : value;
        if (map.isObject() && map.changedBy == null) {
            pairs.forEach((name, text) -> map.fields.put(name, isOfMetadata() ? text : text.unknown(by)));
        }
        for (int i = 0; i < map.elements.size(); i++) {
            map.elements.set(i, put(map.elements.get(i), pairs, budget));
        }
        return map;
    }

    private boolean isOfMetadata() {
        int last = path.size() - 1;
        String name = path.get(last).toLowerCase(Locale.ROOT);
        return last > 0
                && path.get(last - 1).equals("metadata")
                && Set.of("labels", "annotations").contains(name);
    }

    private ManifestNode unknownTexts(ManifestNode value, KustomizeBudget budget) throws InputException {
        budget.visit(value, 1L + value.fields.size() + value.elements.size());
        if (value.isScalar()) {
            return value.unknown(by);
        }
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            field.setValue(field.getValue().isScalar() ? field.getValue().unknown(by) : field.getValue());
        }
        for (int i = 0; i < value.elements.size(); i++) {
            value.elements.set(i, unknownTexts(value.elements.get(i), budget));
        }
        return value;
    }

    private ManifestNode unknownVariables(ManifestNode value, KustomizeBudget budget) throws InputException {
        budget.visit(value, 1);
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            field.setValue(unknownVariables(field.getValue(), budget));
        }
        for (int i = 0; i < value.elements.size(); i++) {
            value.elements.set(i, unknownVariables(value.elements.get(i), budget));
        }
        return value.text.contains("$(") ? value.unknown(by) : value;
    }

    private ManifestNode walk(ManifestNode value, int step, Change change, KustomizeBudget budget)
            throws InputException {
        budget.visit(value, 1);
        if (value.changedBy != null) {
            return value;
        }
        if (step == path.size()) {
            return change.of(value);
        }
        ManifestNode at = value.type == ValueType.NULL && create ? value.object() : value;
        for (int i = 0; i < at.elements.size(); i++) {
            at.elements.set(i, walk(at.elements.get(i), step, change, budget));
        }
        if (at.isObject()) {
            String name = path.get(step);
            ManifestNode found = at.field(name);
            if (found == null && create) {
                budget.keep(at, 1);
                found = step == path.size() - 1 ? at.withText("") : at.object();
            }
            if (found != null) {
                at.fields.put(name, walk(found, step + 1, change, budget));
            }
        }
        return at;
    }
}
