package io.imagegate.reference;

/**
 * Thrown when text is not an image pattern.
 *
 * <p>Has the problem and its offset. The message is one line that is safe to print, such as {@code pattern
 * "gcr.io/acme**": character 12 '*': '**' must be a whole path segment: write '*' for a part of one}.
 *
 * @since 0.1
 */
public final class ImagePatternSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The problem. */
    private final PatternProblem problem;

    /** Offset of the problem. */
    private final int offset;

    ImagePatternSyntaxException(String pattern, PatternProblem problem, int offset) {
        super(SyntaxMessage.of("pattern", pattern, offset, problem.sentence()));
        this.problem = problem;
        this.offset = offset;
    }

    /** {@return the problem} */
    public PatternProblem problem() {
        return problem;
    }

    /**
     * {@return the index of the offending character, from 0; the length of the text if something is missing at its end}
     */
    public int offset() {
        return offset;
    }
}
