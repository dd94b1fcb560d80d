package io.imagegate.document;

import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.Problem;
import java.util.Objects;

/**
 * Mistake in a policy file, or a warning about it. Immutable.
 *
 * @param file name of the file, as passed to the reader
 * @param line line of the mistake, from 1; 0 for a problem of the whole file
 * @param column column of the mistake, from 1, in characters; 0 for a problem of the whole file
 * @param message what is wrong, where in the document, and what was expected; one line that is safe to print
 * @since 0.1
 */
public record DocumentProblem(String file, int line, int column, String message) {

    /**
     * Refuses nulls.
     *
     * @param file name of the file, as passed to the reader
     * @param line line of the mistake, from 1; 0 for a problem of the whole file
     * @param column column of the mistake, from 1; 0 for a problem of the whole file
     * @param message what is wrong, where, and what was expected
     */
    public DocumentProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
    }

    static DocumentProblem of(Problem problem) {
        Position at = problem.at();
        return new DocumentProblem(at.file(), at.line(), at.column(), problem.message());
    }

    /** {@return the problem as compilers print them: {@code file:line:column: message}} */
    @Override
    public String toString() {
        return new Problem(new Position(file, line, column), message).toString();
    }
}
