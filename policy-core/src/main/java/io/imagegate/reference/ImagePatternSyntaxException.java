package io.imagegate.reference;

/**
 * Thrown when text is not an image pattern.
 *
 * <p>Knows what is wrong and where. The message is one line that is safe to print whatever the text was, as in
 * {@code pattern "gcr.io/acme**": character 12 '*': '**' must be a whole path segment: write '*' for a part of one}.
 *
 * @since 0.1
 */
public final class ImagePatternSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    private final PatternProblem problem;

    /** Where it is wrong. */
    private final int offset;

    ImagePatternSyntaxException(String pattern, PatternProblem problem, int offset) {
        super(SyntaxMessage.of("pattern", pattern, offset, problem.sentence()));
        this.problem = problem;
        this.offset = offset;
    }

    /** {@return what is wrong} */
    public PatternProblem problem() {
        return problem;
    }

    /** {@return where it is wrong: index of the offending character, from 0; the text's length if something is missing at its end} */
    public int offset() {
        return offset;
    }
}
