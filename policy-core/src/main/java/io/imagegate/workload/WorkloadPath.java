package io.imagegate.workload;

import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Path of a value in objects of a kind, such as {@code spec.steps[*].image}: names of fields joined by dots; {@code [*]} stands
 * for each element of a list, or each value of a map. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class WorkloadPath {

    /** The step to each element of a list, or each value of a map. */
    public static final String EACH = "[*]";

    private static final int LONGEST = 200;
    private static final int DEEPEST = 20;
    private static final int SHOWN = 60;

    /** Fields of all objects, and fields that make an object a list or a review. */
    private static final Set<String> NOT_FIRST = Set.of("kind", "apiVersion", "status", "items", "request");

    private static final String METADATA = "metadata";

    private final String text;
    private final List<String> steps;

    private WorkloadPath(String text, List<String> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /**
     * Parses a path.
     *
     * @param text the path as written
     * @return the path
     * @throws IllegalArgumentException if it has another form, more than 200 characters or more than 20 steps, or begins at a
     *     field that has no images, such as {@code metadata}
     */
    public static WorkloadPath parse(String text) {
        if (text.length() > LONGEST) {
            throw invalid(text, "expected " + LONGEST + " characters at most, got " + text.length());
        }
        List<String> steps = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            if (text.startsWith(EACH, at) && at > 0) {
                steps.add(EACH);
                at += EACH.length();
            } else {
                int start = at == 0 ? 0 : at + 1;
                int end = end(text, start);
                if (end == start || (at > 0 && text.charAt(at) != '.')) {
                    throw malformed(text);
                }
                steps.add(text.substring(start, end));
                at = end;
            }
        }
        if (steps.isEmpty()) {
            throw malformed(text);
        }
        requireImages(text, steps);
        return new WorkloadPath(text, steps);
    }

    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && isOfName(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * {@return whether a name can stand in a path, so that a place below it has one meaning}
     *
     * @param name name of a field
     */
    public static boolean isName(String name) {
        return !name.isEmpty() && end(name, 0) == name.length();
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static void requireImages(String text, List<String> steps) {
        if (steps.size() > DEEPEST) {
            throw invalid(text, "expected " + DEEPEST + " steps at most, got " + steps.size());
        }
        if (NOT_FIRST.contains(steps.get(0)) || steps.contains(METADATA)) {
            String field = steps.contains(METADATA) ? METADATA : steps.get(0);
            throw invalid(text, "no image stands in " + field + ", expected a path such as spec.template.spec");
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return invalid(
                text,
                "expected names joined by dots, and " + EACH + " for each element of a list, such as"
                        + " spec.steps[*].image");
    }

    private static IllegalArgumentException invalid(String text, String problem) {
        return new IllegalArgumentException("path " + SafeText.quote(text, SHOWN) + ": " + problem);
    }

    /** {@return the names of the fields in order, and {@value #EACH} for each element} */
    public List<String> steps() {
        return steps;
    }

    /**
     * {@return whether a value could be reached by both paths, or one by the other's name and by {@value #EACH}: a value is read
     * once}
     */
    boolean overlaps(WorkloadPath other) {
        int shorter = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < shorter; i++) {
            String step = steps.get(i);
            String that = other.steps.get(i);
            if (!step.equals(that)) {
                return step.equals(EACH) || that.equals(EACH);
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkloadPath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the path as written} */
    @Override
    public String toString() {
        return text;
    }
}
