package io.imagegate.syntax;

/**
 * Makes exceptions for invalid JSON text.
 *
 * @param <X> the exceptions
 * @since 0.1
 */
@FunctionalInterface
public interface SyntaxProblems<X extends Exception> {

    /**
     * Makes, but does not throw, an exception.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in bytes, from 1
     * @param problem what is wrong and what was expected, safe to show
     * @return the exception
     */
    X at(int line, int column, String problem);

    /**
     * Makes, but does not throw, an exception for valid text with too many of something.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in bytes, from 1
     * @param problem what there is too much of, and the limit, safe to show
     * @return the exception
     */
    default X tooMany(int line, int column, String problem) {
        return at(line, column, problem);
    }
}
