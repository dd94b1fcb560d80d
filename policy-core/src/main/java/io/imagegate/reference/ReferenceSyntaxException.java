package io.imagegate.reference;

import java.util.Optional;

/**
 * Thrown when text is not an image reference, an image pattern or a digest. Its message is the
 * {@linkplain SyntaxProblem#message() message} of the problem.
 *
 * <p>Where invalid text is common, {@link ImageReference#tryParse} makes no exception.
 *
 * @since 0.1
 */
public final class ReferenceSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    private final SyntaxProblem problem;

    ReferenceSyntaxException(SyntaxProblem problem) {
        this.problem = problem;
    }

    /** {@return what is wrong} */
    public SyntaxProblem problem() {
        return problem;
    }

    /** {@return the {@linkplain SyntaxProblem#code() code} of the problem} */
    public String code() {
        return problem.code();
    }

    /** {@return the {@linkplain SyntaxProblem#sentence() sentence} about the problem} */
    public String sentence() {
        return problem.sentence();
    }

    /** {@return the {@linkplain SyntaxProblem#offset() offset} of the problem} */
    public int offset() {
        return problem.offset();
    }

    /** {@return the {@linkplain SyntaxProblem#suggestion() reference} that was probably meant} */
    public Optional<String> suggestion() {
        return problem.suggestion();
    }

    @Override
    public String getMessage() {
        return problem.message();
    }
}
