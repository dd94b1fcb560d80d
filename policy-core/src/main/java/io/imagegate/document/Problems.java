package io.imagegate.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that whoever wrote the files sees all of them at once. */
final class Problems {

    /** Most problems that are kept; more are counted. */
    private static final int LIMIT = 1_000;

    private final List<DocumentProblem> found = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private int count;

    void add(Position at, String message) {
        add(at.file(), at.line(), at.column(), message);
    }

    /** Adds a problem of a file as a whole. */
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

    /** {@return how many problems were found, those that were not kept included} */
    int count() {
        return count;
    }

    /** Throws what was found, if anything was. */
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
