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
}
