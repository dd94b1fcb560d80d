package io.imagegate.input;

/**
 * A part of a file, or the whole, that cannot be read, so that some of its images are unknown. The message starts with the file,
 * followed by line and column unless the problem is one of the whole file, and is safe to show to a user.
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

    /**
     * Creates an exception for a whole file.
     *
     * @param file name of the file
     * @param problem what is wrong and what was expected; safe to show to a user
     */
    public InputException(String file, String problem) {
        super(file + ": " + problem);
        this.file = file;
        this.line = 1;
        this.column = 1;
        this.problem = problem;
    }

    /** {@return the name of the file that has the problem, which another one may include} */
    public String file() {
        return file;
    }

    /** {@return the line, from 1; of a whole file the first} */
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
