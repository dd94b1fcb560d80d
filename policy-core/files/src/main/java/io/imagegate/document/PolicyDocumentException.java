package io.imagegate.document;

import io.imagegate.document.yaml.Problems;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thrown if policy files are invalid. Has all problems; the message has one line for each.
 *
 * @since 0.1
 */
public final class PolicyDocumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Number of problems in the message. */
    private static final int SHOWN = 100;

    /** The problems. */
    private final transient List<DocumentProblem> problems;

    PolicyDocumentException(List<DocumentProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Throws the problems that were found, if there are any. */
    static void throwIfAny(Problems found) {
        List<DocumentProblem> problems =
                found.all().stream().map(DocumentProblem::of).toList();
        if (!problems.isEmpty()) {
            throw new PolicyDocumentException(problems);
        }
    }

    /** {@return all problems, at least one, by file and then from top to bottom} */
    public List<DocumentProblem> problems() {
        return problems;
    }

    /**
     * {@return an exception with the problems of both}
     *
     * @param other the other one, whose problems come last
     */
    public PolicyDocumentException and(PolicyDocumentException other) {
        return new PolicyDocumentException(
                Stream.concat(problems.stream(), other.problems.stream()).toList());
    }

    private static String message(List<DocumentProblem> problems) {
        String lines =
                problems.stream().limit(SHOWN).map(DocumentProblem::toString).collect(Collectors.joining("\n"));
        int more = problems.size() - SHOWN;
        return more > 0 ? lines + "\nand " + more + " more" : lines;
    }

    /** No stack trace: the mistake is in a file, not in the program. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
