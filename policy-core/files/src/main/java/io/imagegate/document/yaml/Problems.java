package io.imagegate.document.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects problems, so that all of them are reported at once. */
public final class Problems {

    /** Largest number of problems that are kept; further ones are only counted. */
    private static final int LIMIT = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private int count;
    private @Nullable Throwable cause;

    public void add(Position at, String message) {
        add(new Problem(at, message));
    }

    public void add(Problem problem) {
        count++;
        if (found.size() < LIMIT) {
            found.add(problem);
        }
        begin(problem.at().file());
    }

    /** Keeps what foreign code threw, so that a program sees it; of several the first. */
    public void causedBy(Throwable thrown) {
        cause = cause == null ? thrown : cause;
    }

    /** {@return what foreign code threw; null if it threw nothing} */
    public @Nullable Throwable cause() {
        return cause;
    }

    /** Begins a file: problems are reported in the order in which their files begin. */
    public void begin(String file) {
        files.add(file);
    }

    /** Adds a problem of a whole file. */
    public void add(String file, String message) {
        add(file, message, ProblemKind.INVALID);
    }

    /** Adds a problem of a whole file. */
    public void add(String file, String message, ProblemKind kind) {
        add(new Problem(Position.whole(file), message, "", kind));
    }

    /** {@return the number of problems, including those that were not kept} */
    public int count() {
        return count;
    }

    /** {@return the problems, by file and then from top to bottom} */
    public List<Problem> all() {
        List<String> order = List.copyOf(files);
        return found.stream()
                .sorted(Comparator.<Problem>comparingInt(p -> order.indexOf(p.at().file()))
                        .thenComparingInt(p -> p.at().line())
                        .thenComparingInt(p -> p.at().column()))
                .toList();
    }
}
