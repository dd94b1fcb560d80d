package io.imagegate.wire;

/**
 * A body that is no review, or one over a limit. Its message says what, where and what was expected, and is fit to be
 * shown to a user. It has no stack trace: whoever sends bodies decides how often it is thrown.
 */
public final class MalformedReviewException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong, where, and what was expected. */
    private final String problem;

    MalformedReviewException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** {@return what is wrong, where, and what was expected} */
    @Override
    public String getMessage() {
        return problem;
    }
}
