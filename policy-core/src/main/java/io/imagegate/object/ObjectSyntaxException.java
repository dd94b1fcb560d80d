package io.imagegate.object;

/**
 * Thrown when an object cannot be parsed and some of its images are therefore unknown. The message starts with {@code object} and the
 * place, and is safe to show to a user.
 *
 * @since 0.1
 */
public final class ObjectSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Line; 0 if the object is not a text, or the problem has no place in it. */
    private final int line;
    /** Column; 0 if there is no line. */
    private final int column;
    /** What is wrong and what was expected. */
    private final String problem;

    ObjectSyntaxException(int line, int column, String problem) {
        super("object:" + line + ":" + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    ObjectSyntaxException(String problem) {
        super("object: " + problem);
        this.line = 0;
        this.column = 0;
        this.problem = problem;
    }

    /** {@return the line, from 1; 0 if the object is not a text, or the problem has no place in it} */
    public int line() {
        return line;
    }

    /** {@return the column, from 1; in JSON it counts bytes; 0 if there is no line} */
    public int column() {
        return column;
    }

    /** {@return what is wrong and what was expected, without the place} */
    public String problem() {
        return problem;
    }
}
