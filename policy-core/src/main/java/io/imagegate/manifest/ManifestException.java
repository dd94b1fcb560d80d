package io.imagegate.manifest;

/**
 * A manifest that cannot be read, so that nobody can tell all its images. Its message begins with file, line and column,
 * and is fit to be shown to a user.
 *
 * @since 0.1
 */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Name of the file. */
    private final String file;
    /** Line, from 1. */
    private final int line;
    /** Column, from 1. */
    private final int column;
    /** What is wrong and what was expected. */
    private final String problem;

    ManifestException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem, null, false, false);
        this.file = file;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /** {@return the file, by the name that was given for it} */
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
