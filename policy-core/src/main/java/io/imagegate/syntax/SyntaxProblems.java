package io.imagegate.syntax;

/**
 * Makes exceptions for invalid text.
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
     * @param column column in that line, in bytes for JSON and in characters for YAML, from 1
     * @param problem what is wrong and what was expected, safe to show
     * @return the exception
     */
    X at(int line, int column, String problem);

    /**
     * Makes, but does not throw, an exception for valid text with too many of something.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in bytes for JSON and in characters for YAML, from 1
     * @param problem what there is too much of, and the limit, safe to show
     * @return the exception
     */
    default X tooMany(int line, int column, String problem) {
        return at(line, column, problem);
    }

    /**
     * Makes, but does not throw, an exception for valid text that is over a limit of the reader.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in bytes for JSON and in characters for YAML, from 1
     * @param problem the limit, safe to show
     * @return the exception
     */
    default X overLimit(int line, int column, String problem) {
        return at(line, column, problem);
    }

    /**
     * Makes, but does not throw, an exception for text that is not YAML.
     *
     * @param line line of the text, from 1
     * @param column column in that line, in characters, from 1
     * @param context what was being read; empty if that is not known
     * @param problem what is wrong and what was expected, safe to show
     * @return the exception
     */
    default X notYaml(int line, int column, String context, String problem) {
        return at(line, column, "not YAML: " + problem);
    }
}
