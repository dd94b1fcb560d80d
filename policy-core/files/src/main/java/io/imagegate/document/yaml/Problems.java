package io.imagegate.document.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems, so that all of them are reported at once. */
public final class Problems {

    /** Largest number of problems that are kept; further ones are only counted. */
    private static final int LIMIT = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private int count;

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

    /** Begins a file: problems are reported in the order in which their files begin. */
    public void begin(String file) {
        files.add(file);
    }

    /** Adds a problem of a whole file. */
    public void add(String file, String message) {
        add(Position.whole(file), message);
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
