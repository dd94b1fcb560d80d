package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code replacements} of a kustomization. One is made that copies a text, or a part of one, to a text that all versions of
 * kustomize find: from the data of a ConfigMap, a name, a label, an annotation or an image. What others give another content is marked
 * as unknown. As versions of kustomize find targets in different ways, all objects and values are marked that one of them could find.
 */
final class KustomizeReplacements {

    private static final Set<String> ENTRY = Set.of("source", "sourceValue", "targets", "path");
    private static final Set<String> TARGET = Set.of("select", "reject", "fieldPaths", "options");
    private static final Set<String> SELECT =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    /** What a source has that all versions of kustomize find. */
    private static final Set<String> SOURCE = Set.of("group", "version", "kind", "name", "fieldPath", "options");
    /** What the selection of a target has that all versions of kustomize find. */
    private static final Set<String> SELECTED = Set.of("group", "version", "kind", "name");

    private static final Pattern STEP = Pattern.compile("[\\w/-]+");
    private static final Pattern STEP_WITH_DOTS = Pattern.compile("\\[[\\w/-]*\\.[\\w./-]*\\]");
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,5}");
    private static final Pattern SIGNED_INDEX = Pattern.compile("-?(" + INDEX + ")");
    private static final Pattern ELEMENT = Pattern.compile("\\[(\\w+)=([\\w-]+)\\]");
    private static final Set<String> OPTIONS = Set.of("delimiter", "index", "create", "encoding");
    /** Options that all versions of kustomize have, for a part of a text that is there. */
    private static final Set<String> OPTIONS_OF_PARTS = Set.of("delimiter", "index");

    private static final int LONGEST = 100;
    private static final List<String> NAME = List.of("metadata", "name");
    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers");

    private final List<KustomizedObject> objects;
    private final KustomizeBudget budget;

    KustomizeReplacements(List<KustomizedObject> objects, KustomizeBudget budget) {
        this.objects = objects;
        this.budget = budget;
    }

    /** Makes a replacement, or marks what it changes. */
    void apply(ManifestNode replacement) throws InputException {
        replacement.requireFields("replacements", ENTRY);
        ManifestNode targets = replacement.field("targets");
        ManifestNode value = replacement.field("sourceValue") == null ? value(replacement) : null;
        for (ManifestNode target : targets == null ? List.<ManifestNode>of() : targets.elements) {
            apply(target, value);
        }
    }

    /** {@return the text that a replacement copies; null if it is not known} */
    private @Nullable ManifestNode value(ManifestNode replacement) throws InputException {
        ManifestNode source = ManifestNode.in(replacement, "source");
        Part part = Part.of(source.field("options"));
        if (!SOURCE.containsAll(source.fields.keySet()) || part == null) {
            return null;
        }
        ManifestNode found = null;
        for (KustomizedObject object : objects) {
            budget.match(source, object.lengthOfIds(), 1);
            if (mayBeSelected(object, source)) {
                if (found != null || !isSelected(object, source)) {
                    return null;
                }
                found = object.root;
            }
        }
        ManifestNode path = source.field("fieldPath");
        List<String> steps = path == null || path.text.isEmpty() ? NAME : steps(path);
        for (int i = 0; i < steps.size() && found != null; i++) {
            found = child(found, steps.get(i));
        }
        String text = found != null && isText(found) && isKept(source, steps) ? part.of(found.text) : null;
        return found == null || text == null || text.isEmpty() ? null : found.withText(text);
    }

    private static boolean isText(ManifestNode value) {
        return value.changedBy == null && value.isText();
    }

    /** {@return whether no field of a kustomization changes a value but those that are known here} Selectors, for example, get labels. */
    private static boolean isKept(ManifestNode source, List<String> steps) {
        int size = steps.size();
        String first = steps.get(0);
        if (first.equals("metadata")) {
            String second = size > 1 ? steps.get(1) : "";
            return steps.equals(NAME) || (size == 3 && (second.equals("labels") || second.equals("annotations")));
        }
        return (source.text("kind").equals(NamedObjects.CONFIG_MAP) && size == 2 && first.equals("data"))
                || (size > 3 && steps.get(size - 1).equals("image") && CONTAINERS.contains(steps.get(size - 3)));
    }

    /**
     * The part of a text between delimiters.
     *
     * @param delimiter empty for the whole text
     */
    private record Part(String delimiter, int index) {

        /** {@return the part that options mean; null if that depends on something that is not known} */
        static @Nullable Part of(@Nullable ManifestNode options) {
            if (options == null || options.type == ValueType.NULL) {
                return new Part("", 0);
            }
            ManifestNode delimiter = options.field("delimiter");
            ManifestNode index = options.field("index");
            boolean isKnown = options.isObject()
                    && OPTIONS_OF_PARTS.containsAll(options.fields.keySet())
                    && (delimiter == null || isText(delimiter))
                    && (index == null
                            || (!index.isText()
                                    && SIGNED_INDEX.matcher(index.text).matches()));
            return isKnown
                    ? new Part(options.text("delimiter"), index == null ? 0 : Integer.parseInt(index.text))
                    : null;
        }

        private List<String> split(String text) {
            return new ArrayList<>(List.of(text.split(Pattern.quote(delimiter), -1)));
        }

        /** {@return the part of a text; null if there is none} */
        @Nullable
        String of(String text) {
            List<String> parts = delimiter.isEmpty() ? List.of(text) : split(text);
            int at = delimiter.isEmpty() ? 0 : index;
            return at >= 0 && at < parts.size() ? parts.get(at) : null;
        }

        /** {@return a text with another part: in front of all for a negative index, behind them for one that is too large} */
        String replaced(String text, String part) {
            if (delimiter.isEmpty()) {
                return part;
            }
            List<String> parts = split(text);
            if (index >= 0 && index < parts.size()) {
                parts.set(index, part);
            } else {
                parts.add(index < 0 ? 0 : parts.size(), part);
            }
            return String.join(delimiter, parts);
        }
    }

    /** {@return whether all versions of kustomize select an object that one may select, by a name of now or before} */
    private static boolean isSelected(KustomizedObject object, ManifestNode select) {
        ManifestNode apiVersion = object.root.field("apiVersion");
        if (apiVersion == null || apiVersion.changedBy != null) {
            return false;
        }
        String group = apiVersion.text.substring(0, Math.max(0, apiVersion.text.indexOf('/')));
        String version = apiVersion.text.substring(apiVersion.text.indexOf('/') + 1);
        return object.ids().stream()
                        .anyMatch(id -> is(select.text("kind"), id.kind()) && is(select.text("name"), id.name()))
                && isAny(select, "group", group)
                && isAny(select, "version", version);
    }

    private static boolean is(String wanted, @Nullable String part) {
        return wanted.isEmpty() || (isName(wanted) && wanted.equals(part));
    }

    private static boolean isAny(ManifestNode select, String field, String value) {
        return select.field(field) == null || select.text(field).equals(value);
    }

    private void apply(ManifestNode target, @Nullable ManifestNode value) throws InputException {
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
        Part part = Part.of(options);
        for (KustomizedObject object : objects) {
            budget.match(target, object.lengthOfIds(), 1);
            if (mayBeSelected(object, select)) {
                boolean isSelected = target.field("reject") == null
                        && SELECTED.containsAll(select.fields.keySet())
                        && isSelected(object, select);
                for (Map.Entry<ManifestNode, List<String>> path : paths.entrySet()) {
                    if (!isSelected
                            || value == null
                            || part == null
                            || !isCopied(value, part, object.root, path.getValue())) {
                        walk(object.root, path.getValue(), 0, path.getKey(), create);
                    }
                }
            }
        }
    }

    /** Copies a value to a text that all versions of kustomize find. {@return whether there is one} */
    private boolean isCopied(ManifestNode value, Part part, ManifestNode root, List<String> path)
            throws InputException {
        ManifestNode in = root;
        for (String step : path.subList(0, path.size() - 1)) {
            ManifestNode next = child(in, step);
            if (next == null) {
                return false;
            }
            in = next;
        }
        String last = path.get(path.size() - 1);
        ManifestNode text = child(in, last);
        if (text == null || !isText(text)) {
            return false;
        }
        budget.make(
                value,
                (long) text.text.length()
                        + value.text.length()
                        + part.delimiter().length());
        ManifestNode copy = value.withText(part.replaced(text.text, value.text));
        if (in.isArray()) {
            in.elements.set(index(in, last), copy);
        } else {
            in.fields.put(field(last), copy);
        }
        return true;
    }

    /** {@return the value to which a step leads in all versions of kustomize; null if there is none} */
    private @Nullable ManifestNode child(ManifestNode in, String step) throws InputException {
        budget.visit(in, 1L + in.elements.size());
        if (in.changedBy != null) {
            return null;
        }
        if (in.isArray()) {
            int index = index(in, step);
            return index < 0 ? null : in.elements.get(index);
        }
        String name = field(step);
        return STEP.matcher(step).matches() || !name.equals(step) ? in.field(name) : null;
    }

    private static String field(String step) {
        return STEP_WITH_DOTS.matcher(step).matches() ? step.substring(1, step.length() - 1) : step;
    }

    /** {@return the place of the one element to which a step leads; negative if there is none, or there may be others} */
    private static int index(ManifestNode array, String step) {
        if (INDEX.matcher(step).matches()) {
            int index = Integer.parseInt(step);
            return index < array.elements.size() ? index : -1;
        }
        Matcher named = ELEMENT.matcher(step);
        if (!named.matches()) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < array.elements.size(); i++) {
            ManifestNode element = array.elements.get(i);
            ManifestNode name = element.changedBy == null ? element.field(named.group(1)) : null;
            if (name == null || name.changedBy != null || !name.isText()) {
                return -1;
            }
            if (name.text.equals(named.group(2))) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private static Map<ManifestNode, List<String>> paths(ManifestNode target) throws InputException {
        Map<ManifestNode, List<String>> paths = new LinkedHashMap<>();
        ManifestNode fields = target.field("fieldPaths");
        for (ManifestNode path : fields == null ? List.<ManifestNode>of() : fields.elements) {
            paths.put(path, steps(path));
        }
        return paths.isEmpty() ? Map.of(target, NAME) : paths;
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
