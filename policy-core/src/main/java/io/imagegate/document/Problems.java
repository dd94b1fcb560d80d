package io.imagegate.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that all of them are reported at once. */
final class Problems {

    /** Largest number of problems that are kept; further ones are only counted. */
    private static final int LIMIT = 1_000;

    private final List<DocumentProblem> found = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private int count;

    void add(Position at, String message) {
        add(at.file(), at.line(), at.column(), message);
    }

    /** Adds a problem of a whole file. */
    void add(String file, String message) {
        add(file, 0, 0, message);
    }

    private void add(String file, int line, int column, String message) {
        count++;
        if (found.size() < LIMIT) {
            found.add(new DocumentProblem(file, line, column, message));
        }
        if (!files.contains(file)) {
            files.add(file);
        }
    }

    /** {@return the number of problems, including those that were not kept} */
    int count() {
        return count;
    }

    /** Throws the problems, if there are any. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new PolicyDocumentException(found.stream()
                    .sorted(Comparator.<DocumentProblem>comparingInt(p -> files.indexOf(p.file()))
                            .thenComparingInt(DocumentProblem::line)
                            .thenComparingInt(DocumentProblem::column))
                    .toList());
        }
    }
}
