package io.imagegate.input.github;

import io.imagegate.input.tree.WorkBudget;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The combinations of {@code strategy: matrix} of a job of GitHub, if they are written in the workflow. Immutable. */
final class GithubMatrix {

    /** As GitHub limits the jobs of a matrix; here also before some are excluded. */
    private static final int MOST = 256;
    /** Most fields that {@code include} adds to all combinations. */
    private static final int MOST_INCLUDED = 200_000;
    /** Longest text with expressions, and longest image that is made of it. */
    private static final int LONGEST = 4_096;

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)(?:}}|$)", Pattern.DOTALL);
    private static final Pattern VALUE =
            Pattern.compile("\\s*matrix((?:\\.[a-z_][\\w-]{0,99}){1,5})\\s*", Pattern.CASE_INSENSITIVE);
    /** GitHub writes other numbers in its own form. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,14}");

    /** Names of values in lower case, as GitHub compares them; empty if combinations are not known. */
    private final List<Map<String, Node>> combinations;
    /** For values that expressions look at. */
    private final WorkBudget budget;

    /** An image of one or several combinations. */
    record Made(String image, Node at) {}

    private GithubMatrix(List<Map<String, Node>> combinations, WorkBudget budget) {
        this.combinations = combinations;
        this.budget = budget;
    }

    /** {@return the matrix of a job, whose expressions look at as many values as a budget allows} */
    static GithubMatrix of(Node job, WorkBudget budget) {
        Node strategy = job.field("strategy");
        Node matrix = strategy == null ? null : strategy.field("matrix");
        Node include = matrix == null ? null : matrix.field("include");
        if (matrix == null || !matrix.isObject() || (include != null && !include.isArray())) {
            return new GithubMatrix(List.of(), budget);
        }
        List<Map<String, Node>> combinations = new ArrayList<>(List.of(new LinkedHashMap<>()));
        Set<String> names = new LinkedHashSet<>();
        for (Node.Field field : matrix.fields()) {
            String name = name(field);
            if (!name.equals("include") && !name.equals("exclude")) {
                // What is no array is an expression, whose value is not known.
                List<Node> values = field.value().isArray() ? field.value().elements() : List.of(field.value());
                if ((long) combinations.size() * values.size() > MOST) {
                    return new GithubMatrix(List.of(), budget);
                }
                names.add(name);
                combinations = product(combinations, name, values);
            }
        }
        exclude(combinations, matrix.field("exclude"));
        if (names.isEmpty()) {
            combinations.clear();
        }
        List<Map<String, Node>> written = List.copyOf(combinations);
        List<Node> all = include == null ? List.of() : include.elements();
        long fields = all.stream()
                .mapToLong(added -> added.fields().size() + names.size())
                .sum();
        if (fields * Math.max(1, written.size()) > MOST_INCLUDED) {
            return new GithubMatrix(List.of(), budget);
        }
        for (Node added : all) {
            Map<String, Node> own = fields(added);
            if (!include(written, names, own) && combinations.size() <= MOST) {
                combinations.add(own);
            }
        }
        return new GithubMatrix(combinations.size() > MOST ? List.of() : combinations, budget);
    }

    private static String name(Node.Field field) {
        return field.name().text().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Node> fields(Node object) {
        Map<String, Node> fields = new LinkedHashMap<>();
        object.fields().forEach(field -> fields.put(name(field), field.value()));
        return fields;
    }

    /** A single value is added to each combination, of which no copy is made: there may be many names. */
    private static List<Map<String, Node>> product(List<Map<String, Node>> before, String name, List<Node> values) {
        List<Map<String, Node>> after = new ArrayList<>();
        for (Map<String, Node> combination : before) {
            for (Node value : values) {
                Map<String, Node> with = values.size() == 1 ? combination : new LinkedHashMap<>(combination);
                with.put(name, value);
                after.add(with);
            }
        }
        return after;
    }

    private static void exclude(List<Map<String, Node>> combinations, @Nullable Node exclude) {
        for (Node excluded : exclude == null ? List.<Node>of() : exclude.elements()) {
            Map<String, Node> fields = fields(excluded);
            combinations.removeIf(combination -> agrees(combination, fields.keySet(), fields));
        }
    }

    /** {@return whether the values were added to a combination: to each whose own values stay} */
    private static boolean include(List<Map<String, Node>> combinations, Set<String> names, Map<String, Node> added) {
        Set<String> own = new LinkedHashSet<>(names);
        own.retainAll(added.keySet());
        boolean isAdded = false;
        for (Map<String, Node> combination : combinations) {
            if (agrees(combination, own, added)) {
                combination.putAll(added);
                isAdded = true;
            }
        }
        return isAdded;
    }

    private static boolean agrees(Map<String, Node> combination, Set<String> names, Map<String, Node> values) {
        for (String name : names) {
            Node one = combination.get(name);
            Node other = values.get(name);
            if (one == null
                    || other == null
                    || !one.isScalar()
                    || !other.isScalar()
                    || !one.text().equals(other.text())) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the images that a text with expressions stands for; empty if one of its values is not known}
     *
     * @param text the text
     * @param file the file, which has a problem if texts of all jobs have too many expressions
     */
    List<Made> images(Node text, String file) {
        if (text.text().length() > LONGEST) {
            return List.of();
        }
        Set<Made> images = new LinkedHashSet<>();
        for (Map<String, Node> combination : combinations) {
            Made made = image(text, combination, file);
            if (made == null) {
                return List.of();
            }
            images.add(made);
        }
        return List.copyOf(images);
    }

    private @Nullable Made image(Node text, Map<String, Node> combination, String file) {
        Matcher expression = EXPRESSION.matcher(text.text());
        StringBuilder image = new StringBuilder();
        int copied = 0;
        Node at = text;
        while (expression.find()) {
            Matcher name = VALUE.matcher(expression.group(1));
            if (!name.matches() || !budget.take(1, file, text)) {
                return null;
            }
            String[] names = names(name);
            Node value = combination.get(names[0]);
            for (int i = 1; i < names.length && value != null; i++) {
                if (!budget.take(value.fields().size(), file, text)) {
                    return null;
                }
                value = fields(value).get(names[i]);
            }
            String written = written(value);
            if (written == null || image.length() + written.length() > LONGEST) {
                return null;
            }
            image.append(text.text(), copied, expression.start()).append(written);
            copied = expression.end();
            if (value != null && expression.group().length() == text.text().length()) {
                at = value;
            }
        }
        return new Made(image.append(text.text(), copied, text.text().length()).toString(), at);
    }

    private static String[] names(Matcher value) {
        return value.group(1).substring(1).toLowerCase(Locale.ROOT).split("\\.", -1);
    }

    /** {@return what GitHub writes for a value; null if that is not known} No value is an empty text. */
    private static @Nullable String written(@Nullable Node value) {
        if (value == null || value.type() == ValueType.NULL) {
            return "";
        }
        boolean isKnown = value.isText()
                ? !value.text().contains("${{")
                : value.type() == ValueType.NUMBER
                        && WHOLE_NUMBER.matcher(value.text()).matches();
        return isKnown && value.tag().isEmpty() ? value.text() : null;
    }
}
