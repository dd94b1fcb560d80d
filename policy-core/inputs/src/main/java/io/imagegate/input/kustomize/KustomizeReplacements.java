package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code replacements} of a kustomization. They are not made: what they give another content is marked as unknown. As
 * versions of kustomize find targets in different ways, all objects and values are marked that one of them could find.
 */
final class KustomizeReplacements {

    private static final Set<String> ENTRY = Set.of("source", "sourceValue", "targets", "path");
    private static final Set<String> TARGET = Set.of("select", "reject", "fieldPaths", "options");
    private static final Set<String> SELECT =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    private static final Set<String> OPTIONS = Set.of("delimiter", "index", "create", "encoding");
    private static final int LONGEST = 100;

    private final List<KustomizedObject> objects;
    private final KustomizeBudget budget;

    KustomizeReplacements(List<KustomizedObject> objects, KustomizeBudget budget) {
        this.objects = objects;
        this.budget = budget;
    }

    /** Marks what replacements change: one, or an array of them. */
    void mark(ManifestNode replacement) throws InputException {
        for (ManifestNode element : replacement.elements) {
            mark(element);
        }
        if (replacement.isObject()) {
            replacement.requireFields("replacements", ENTRY);
            ManifestNode targets = replacement.field("targets");
            for (ManifestNode target : targets == null ? List.<ManifestNode>of() : targets.elements) {
                markTarget(target);
            }
        }
    }

    private void markTarget(ManifestNode target) throws InputException {
        target.requireFields("a target of replacements", TARGET);
        ManifestNode select = target.field("select");
        ManifestNode options = target.field("options");
        if (select == null) {
            throw target.malformed("a target of replacements: expected select, which kustomize demands");
        }
        select.requireFields("select", SELECT);
        boolean create = false;
        if (options != null && options.type != ValueType.NULL) {
            options.requireFields("options of replacements", OPTIONS);
            ManifestNode written = options.field("create");
            create = written != null && !written.text.equals("false");
        }
        Map<ManifestNode, List<String>> paths = paths(target);
        for (KustomizedObject object : objects) {
            budget.match(target, object.lengthOfIds(), 1);
            if (mayBeSelected(object, select)) {
                for (Map.Entry<ManifestNode, List<String>> path : paths.entrySet()) {
                    walk(object.root, path.getValue(), 0, path.getKey(), create);
                }
            }
        }
    }

    private static Map<ManifestNode, List<String>> paths(ManifestNode target) throws InputException {
        Map<ManifestNode, List<String>> paths = new LinkedHashMap<>();
        ManifestNode fields = target.field("fieldPaths");
        for (ManifestNode path : fields == null ? List.<ManifestNode>of() : fields.elements) {
            paths.put(path, steps(path));
        }
        return paths.isEmpty() ? Map.of(target, List.of("metadata", "name")) : paths;
    }

    /** Newer versions take these as regular expressions, so a name with a character of those selects all. */
    private static boolean mayBeSelected(KustomizedObject object, ManifestNode select) {
        return object.ids().stream()
                .anyMatch(id -> mayBe(select.text("kind"), id.kind()) && mayBe(select.text("name"), id.name()));
    }

    private static boolean mayBe(String wanted, @Nullable String part) {
        return part == null || wanted.equals(part) || !isName(wanted);
    }

    private static boolean isKnown(@Nullable ManifestNode value) {
        return value == null || value.changedBy == null;
    }

    /** {@return whether a text is the same as a name and as a regular expression} */
    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
    }

    /** {@return the names on the way; a name in brackets may have dots} */
    private static List<String> steps(ManifestNode path) throws InputException {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean brackets = false;
        for (int i = 0; i < path.text.length(); i++) {
            char c = path.text.charAt(i);
            boolean escaped = c == '\\' && path.text.startsWith(".", i + 1);
            brackets = brackets ? c != ']' : c == '[' && step.isEmpty();
            if (escaped) {
                step.append('.');
                i++;
            } else if (c == '.' && !brackets) {
                add(step, steps);
                step.setLength(0);
            } else {
                step.append(c);
            }
        }
        add(step, steps);
        if (steps.isEmpty() || steps.size() > LONGEST) {
            throw path.malformed("expected a path of " + LONGEST + " steps at most, and one at least");
        }
        return steps;
    }

    /** An empty step, such as that of {@code .metadata.name}, leads nowhere else. */
    private static void add(StringBuilder step, List<String> steps) {
        if (!step.isEmpty()) {
            steps.add(step.toString());
        }
    }

    /** Returns the value as it is then. All elements of an array are taken, whichever the path wants. */
    private ManifestNode walk(ManifestNode value, List<String> path, int step, ManifestNode by, boolean create)
            throws InputException {
        budget.visit(value, 1);
        if (value.changedBy != null) {
            return value;
        }
        if (step == path.size() || (value.isScalar() && value.type != ValueType.NULL)) {
            return value.unknown(by);
        }
        String name = path.get(step);
        if (value.isArray()) {
            for (int i = 0; i < value.elements.size(); i++) {
                value.elements.set(i, walk(value.elements.get(i), path, step + 1, by, create));
            }
            if (create && mayBeMissing(value, name)) {
                budget.keep(value, 1);
                value.elements.add(value.object().unknown(by));
            }
            return value;
        }
        if (!value.isObject()) {
            return create ? value.object().unknown(by) : value;
        }
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        for (String key : List.of(name, bare, name.strip())) {
            ManifestNode found = value.field(key);
            if (found != null) {
                value.fields.put(key, walk(found, path, step + 1, by, create));
                return value;
            }
        }
        if (create) {
            budget.keep(value, 1);
            ManifestNode made = step == path.size() - 1 ? value.withText("") : value.object();
            value.fields.put(bare, made.unknown(by));
        }
        return value;
    }

    /** {@return whether kustomize may add the element that a step wants: an index, or {@code [name=value]}} */
    private static boolean mayBeMissing(ManifestNode array, String step) {
        int equals = step.indexOf('=');
        if (equals < 0 || !step.startsWith("[") || !step.endsWith("]")) {
            return step.isEmpty()
                    || !step.chars().allMatch(Character::isDigit)
                    || step.length() > 9
                    || Integer.parseInt(step) >= array.elements.size();
        }
        String field = step.substring(1, equals);
        String value = step.substring(equals + 1, step.length() - 1);
        return !isName(value)
                || array.elements.stream()
                        .noneMatch(element -> element.changedBy == null
                                && element.text(field).equals(value)
                                && isKnown(element.field(field)));
    }
}
