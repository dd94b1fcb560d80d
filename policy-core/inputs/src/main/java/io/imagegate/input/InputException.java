package io.imagegate.input;

/**
 * Thrown if a file cannot be read and some of its images are therefore unknown. The message starts with file, line
 * and column, and is safe to show to a user.
 *
 * @since 0.1
 */
public final class InputException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Name of the file. */
    private final String file;
    /** Line, from 1. */
    private final int line;
    /** Column, from 1. */
    private final int column;
    /** What is wrong and what was expected. */
    private final String problem;

    /**
     * Creates an exception.
     *
     * @param file name of the file
     * @param line line, from 1
     * @param column column, from 1
     * @param problem what is wrong and what was expected; safe to show to a user
     */
    public InputException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /** {@return the name of the file, as passed to the reader} */
    public String file() {
        return file;
    }

    /** {@return the line, from 1} */
    public int line() {
        return line;
    }

    /** {@return the column, from 1; in JSON it counts bytes} */
    public int column() {
        return column;
    }

    /** {@return what is wrong and what was expected, without the place} */
    public String problem() {
        return problem;
    }
}
