package io.imagegate.wire;

/**
 * Makes the exceptions for JSON text that is not as expected.
 *
 * @param <X> the exceptions
 * @since 0.1
 */
@FunctionalInterface
public interface Problems<X extends Exception> {

    /**
     * Makes, but does not throw, an exception.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in bytes, from 1
     * @param problem what is wrong and what was expected, fit to be shown
     * @return the exception
     */
    X at(int line, int column, String problem);

    /**
     * Makes, but does not throw, an exception for text of the right form that holds too many of something.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in bytes, from 1
     * @param problem what there is too much of and how many were expected at most, fit to be shown
     * @return the exception
     */
    default X tooMany(int line, int column, String problem) {
        return at(line, column, problem);
    }
}
