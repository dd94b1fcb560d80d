package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of {@code helm --set} or {@code --set-string}, which puts values into those of a chart: {@code image.tag=1,list[0].name=a}, as
 * <a href="https://github.com/helm/helm/blob/main/pkg/strvals/parser.go">Helm reads it</a>. Not thread-safe.
 */
final class HelmSetText {

    private static final int DEEPEST = 30;

    /** Longest list, of which Helm fills what is before an index; Helm takes longer ones. */
    private static final int LONGEST_LIST = 1_000;

    private static final int END_OF_TEXT = -1;

    /** What stands before the steps of paths. */
    private static final String FIELD = ".";

    private static final String INDEX_OF_LIST = "#";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern INDEX = Pattern.compile("\\+?[0-9]{1,9}");

    private final String text;
    private final boolean areTexts;
    private final ManifestNode at;
    private final KustomizeBudget budget;
    private final StringBuilder word = new StringBuilder();
    private final List<String> path = new ArrayList<>();
    private final List<List<String>> paths = new ArrayList<>();
    private int position;

    private enum Outcome {
        NEXT,
        END,
        REFUSED
    }

    /**
     * Makes a text.
     *
     * @param areTexts whether the values are texts also where they look like others, as in {@code --set-string}
     * @param at where the values are written
     */
    HelmSetText(String text, boolean areTexts, ManifestNode at, KustomizeBudget budget) {
        this.text = text;
        this.areTexts = areTexts;
        this.at = at;
        this.budget = budget;
    }

    /** {@return a text that stands for itself in a value} */
    static String escaped(String value) {
        return value.replaceAll("(?s)(.)", "\\\\$1");
    }

    /** {@return a value that is not known, as the variable of what has it} */
    static String unknown(String name) {
        return escaped("${" + name + "}");
    }

    /** {@return an empty object in the place of the values} */
    ManifestNode object() {
        return at.object();
    }

    /** {@return where values were put, by names of fields and indexes on the way} */
    List<List<String>> paths() {
        return paths;
    }

    /** {@return whether Helm takes the text} If not, some values may be set. */
    boolean putInto(ManifestNode values) throws InputException {
        budget.visit(at, text.length());
        Outcome outcome = Outcome.NEXT;
        while (outcome == Outcome.NEXT) {
            outcome = key(values, 0);
        }
        return outcome == Outcome.END;
    }

    private Outcome key(ManifestNode object, int depth) throws InputException {
        int end = readUntil("=[,.");
        String name = word.toString();
        if (end == END_OF_TEXT) {
            return name.isEmpty() ? Outcome.END : Outcome.REFUSED;
        }
        if (end == ',' || depth >= DEEPEST) {
            return Outcome.REFUSED;
        }
        if (end == '=') {
            ManifestNode value = value();
            path.add(FIELD + name);
            return value == null ? Outcome.REFUSED : record(put(object, name, value, Outcome.NEXT));
        }
        ManifestNode found = object.field(name);
        path.add(FIELD + name);
        if (end == '[') {
            ManifestNode list = found == null ? at.array() : found;
            int index = index();
            return !list.isArray() || index < 0
                    ? Outcome.REFUSED
                    : leave(put(object, name, list, element(list, index, depth + 1)));
        }
        ManifestNode inner = found == null ? at.object() : found;
        if (!inner.isObject()) {
            return Outcome.REFUSED;
        }
        Outcome outcome = key(inner, depth + 1);
        return inner.fields.isEmpty()
                ? outcome == Outcome.NEXT ? Outcome.REFUSED : outcome
                : leave(put(object, name, inner, outcome));
    }

    private Outcome put(ManifestNode object, String name, ManifestNode value, Outcome outcome) throws InputException {
        if (!name.isEmpty() && outcome != Outcome.REFUSED) {
            budget.keep(at, 1);
            object.fields.put(name, value);
        }
        return outcome;
    }

    /** Remembers where a value was put. */
    private Outcome record(Outcome outcome) throws InputException {
        budget.keep(at, path.size());
        paths.add(List.copyOf(path));
        return leave(outcome);
    }

    private Outcome leave(Outcome outcome) {
        path.remove(path.size() - 1);
        return outcome;
    }

    private Outcome element(ManifestNode list, int index, int depth) throws InputException {
        path.add(INDEX_OF_LIST + index);
        int end = readUntil("[.=");
        if (!word.isEmpty() || end == END_OF_TEXT || depth >= DEEPEST) {
            return Outcome.REFUSED;
        }
        if (end == '=') {
            ManifestNode value = value();
            return value == null ? Outcome.REFUSED : record(put(list, index, value, Outcome.NEXT));
        }
        ManifestNode found = index < list.elements.size() ? list.elements.get(index) : null;
        if (end == '[') {
            ManifestNode inner = found == null || found.type == ValueType.NULL ? at.array() : found;
            int next = index();
            return !inner.isArray() || next < 0
                    ? Outcome.REFUSED
                    : leave(put(list, index, inner, element(inner, next, depth + 1)));
        }
        ManifestNode inner = found == null || !found.isObject() ? at.object() : found;
        return leave(put(list, index, inner, key(inner, depth + 1)));
    }

    private Outcome put(ManifestNode list, int index, ManifestNode value, Outcome outcome) throws InputException {
        if (index > LONGEST_LIST) {
            return Outcome.REFUSED;
        }
        budget.keep(at, Math.max(1, index + 1 - list.elements.size()));
        while (list.elements.size() <= index) {
            list.elements.add(at.typed(ValueType.NULL, ""));
        }
        list.elements.set(index, value);
        return outcome;
    }

    /** {@return the index up to the next bracket; -1 if it is none} */
    private int index() {
        int end = readUntil("]");
        return end == ']' && INDEX.matcher(word).matches() ? Integer.parseInt(word.toString()) : -1;
    }

    /** {@return the value up to the next comma; null for a list without end} */
    private @Nullable ManifestNode value() throws InputException {
        if (position >= text.length() || text.charAt(position) != '{') {
            readUntil(",");
            return typed();
        }
        position++;
        ManifestNode list = at.array();
        int end = ',';
        while (end == ',') {
            end = readUntil(",}");
            budget.keep(at, 1);
            list.elements.add(typed());
        }
        if (end == '}' && position < text.length() && text.charAt(position) == ',') {
            position++;
        }
        return end == END_OF_TEXT ? null : list;
    }

    private ManifestNode typed() {
        String value = word.toString();
        if (areTexts) {
            return at.typed(ValueType.STRING, value);
        }
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return at.typed(ValueType.BOOLEAN, value);
        }
        if (value.equalsIgnoreCase("null")) {
            return at.typed(ValueType.NULL, "");
        }
        boolean isNumber = value.equals("0")
                || (!value.startsWith("0") && WHOLE_NUMBER.matcher(value).matches());
        return isNumber
                ? at.typed(ValueType.NUMBER, String.valueOf(Long.parseLong(value)))
                : at.typed(ValueType.STRING, value);
    }

    /** Reads a word. {@return the character behind it; -1 at the end} */
    private int readUntil(String stops) {
        word.setLength(0);
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (stops.indexOf(next) >= 0) {
                return next;
            }
            if (next == '\\') {
                if (position == text.length()) {
                    return END_OF_TEXT;
                }
                next = text.charAt(position++);
            }
            word.append(next);
        }
        return END_OF_TEXT;
    }
}
