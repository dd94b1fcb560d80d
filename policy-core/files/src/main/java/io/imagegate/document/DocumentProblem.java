package io.imagegate.document;

import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.ProblemKind;
import io.imagegate.text.SafeText;
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
 * @param code kind of the mistake, which quotes nothing of the file: {@code unreadable}, {@code too-large}, {@code syntax} or
 *     {@code invalid}; further ones may be added
 * @since 0.1
 */
public record DocumentProblem(
        String file, int line, int column, int endColumn, String message, Optional<String> suggestion, String code) {

    /**
     * Refuses nulls.
     *
     * @param file name of the file, as passed to the reader
     * @param line line of the mistake, from 1; 0 for a problem of the whole file
     * @param column column of the mistake, from 1; 0 for a problem of the whole file
     * @param endColumn column behind the end of what is wrong; 0 if it is unknown
     * @param message what is wrong, where, and what was expected
     * @param suggestion what was probably meant
     * @param code kind of the mistake
     */
    public DocumentProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
        Objects.requireNonNull(code, "code");
    }

    /**
     * Makes a problem of a whole file, which is invalid.
     *
     * @param file name of the file
     * @param message what is wrong, and what was expected
     */
    public DocumentProblem(String file, String message) {
        this(file, 0, 0, 0, message, Optional.empty(), ProblemKind.INVALID.label());
    }

    static DocumentProblem of(Problem problem) {
        Position at = problem.at();
        return new DocumentProblem(
                at.file(),
                at.line(),
                at.column(),
                at.endColumn(),
                problem.message(),
                Optional.of(problem.meant()).filter(meant -> !meant.isEmpty()),
                problem.kind().label());
    }

    /** {@return where the mistake is and its code, without a word of the file: {@code file:line:column: code}} */
    public String place() {
        return new Problem(new Position(SafeText.escape(file), line, column), code).toString();
    }

    /** {@return the problem as compilers print them: {@code file:line:column: message}} */
    @Override
    public String toString() {
        return new Problem(new Position(file, line, column), message).toString();
    }
}
