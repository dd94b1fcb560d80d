package io.imagegate.document;

import io.imagegate.document.yaml.Problems;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if policy files are invalid. Has all problems; the message has one line for each. The cause is what a
 * {@link io.imagegate.rule.RuleFactory} threw, if one did.
 *
 * @since 0.1
 */
public final class PolicyDocumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Number of problems in the message. */
    private static final int SHOWN = 100;

    /** Number of problems in a line. */
    private static final int PLACES = 5;

    /** The problems. */
    private final transient List<DocumentProblem> problems;

    PolicyDocumentException(List<DocumentProblem> problems, @Nullable Throwable cause) {
        super(message(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** Throws the problems that were found, if there are any. */
    static void throwIfAny(Problems found) {
        List<DocumentProblem> problems =
                found.all().stream().map(DocumentProblem::of).toList();
        if (!problems.isEmpty()) {
            throw new PolicyDocumentException(problems, found.cause());
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
                Stream.concat(problems.stream(), other.problems.stream()).toList(),
                getCause() == null ? other.getCause() : getCause());
    }

    /** {@return the places and codes of the first problems, in one line without a word of the files} */
    public String places() {
        int more = problems.size() - PLACES;
        return problems.stream().limit(PLACES).map(DocumentProblem::place).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "");
    }

    private static String message(List<DocumentProblem> problems) {
        String lines =
                problems.stream().limit(SHOWN).map(DocumentProblem::toString).collect(Collectors.joining("\n"));
        int more = problems.size() - SHOWN;
        return more > 0 ? lines + "\nand " + more + " more" : lines;
    }
}
