package io.imagegate.document;

import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.Problem;
import java.util.Objects;
import java.util.Optional;

/**
 * Mistake in a policy file, or a warning about it. Immutable.
 *
 * @param file name of the file, as passed to the reader
 * @param line line of the mistake, from 1; 0 for a problem of the whole file
 * @param column column of the mistake, from 1, in Unicode code points; 0 for a problem of the whole file
 * @param endColumn column behind the end of what is wrong, in the same line; 0 if it is unknown
 * @param message what is wrong, where in the document, and what was expected; one line that is safe to print
 * @param suggestion what was probably meant; it stands in the message, too
 * @since 0.1
 */
public record DocumentProblem(
        String file, int line, int column, int endColumn, String message, Optional<String> suggestion) {

    /**
     * Refuses nulls.
     *
     * @param file name of the file, as passed to the reader
     * @param line line of the mistake, from 1; 0 for a problem of the whole file
     * @param column column of the mistake, from 1; 0 for a problem of the whole file
     * @param endColumn column behind the end of what is wrong; 0 if it is unknown
     * @param message what is wrong, where, and what was expected
     * @param suggestion what was probably meant
     */
    public DocumentProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    /**
     * Makes a problem of a whole file.
     *
     * @param file name of the file
     * @param message what is wrong, and what was expected
     */
    public DocumentProblem(String file, String message) {
        this(file, 0, 0, 0, message, Optional.empty());
    }

    static DocumentProblem of(Problem problem) {
        Position at = problem.at();
        return new DocumentProblem(
                at.file(),
                at.line(),
                at.column(),
                at.endColumn(),
                problem.message(),
                Optional.of(problem.meant()).filter(meant -> !meant.isEmpty()));
    }

    /** {@return the problem as compilers print them: {@code file:line:column: message}} */
    @Override
    public String toString() {
        return new Problem(new Position(file, line, column), message).toString();
    }
}
