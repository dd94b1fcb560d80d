package io.imagegate.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when policy files cannot be used. Knows everything that is wrong with them; the message has one line for each
 * problem.
 *
 * @since 0.1
 */
public final class PolicyDocumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** How many problems the message shows. */
    private static final int SHOWN = 100;

    /** What is wrong. */
    private final transient List<DocumentProblem> problems;

    PolicyDocumentException(List<DocumentProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return everything that is wrong, at least one problem, by file and then from top to bottom} */
    public List<DocumentProblem> problems() {
        return problems;
    }

    private static String message(List<DocumentProblem> problems) {
        String lines =
                problems.stream().limit(SHOWN).map(DocumentProblem::toString).collect(Collectors.joining("\n"));
        int more = problems.size() - SHOWN;
        return more > 0 ? lines + "\nand " + more + " more" : lines;
    }

    /** A mistake in a file is not one in the program. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
