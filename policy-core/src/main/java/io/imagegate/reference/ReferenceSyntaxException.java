package io.imagegate.reference;

/**
 * Thrown when text is not an image reference, or not a digest.
 *
 * <p>Has the problem and its offset. The message is one line that is safe to print: the text is quoted, escaped and
 * cut, as in {@code image "docker/Nginx": character 8 'N': repository must be lowercase}.
 *
 * <p>Invalid text is common, so this exception has no stack trace and makes its message only when it is read.
 *
 * @since 0.1
 */
public final class ReferenceSyntaxException extends IllegalArgumentException implements ScanResult {

    private static final long serialVersionUID = 1L;

    /** What was expected: {@code image} or {@code digest}. */
    private final String subject;

    /** The invalid text. */
    private final String input;

    /** The problem. */
    private final ReferenceProblem problem;

    /** Offset of the problem. */
    private final int offset;

    ReferenceSyntaxException(String subject, String input, ReferenceProblem problem, int offset) {
        this.subject = subject;
        this.input = input;
        this.problem = problem;
        this.offset = offset;
    }

    /** {@return the problem} */
    public ReferenceProblem problem() {
        return problem;
    }

    /**
     * {@return the index of the offending character, from 0; the length of the text if something is missing at its end}
     */
    public int offset() {
        return offset;
    }

    @Override
    public String getMessage() {
        return SyntaxMessage.of(subject, input, offset, problem.sentence());
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // changes nothing
    public Throwable fillInStackTrace() {
        return this;
    }
}
