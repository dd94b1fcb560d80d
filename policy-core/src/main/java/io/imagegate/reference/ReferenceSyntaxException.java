package io.imagegate.reference;

/**
 * Thrown when text is not an image reference, or not a digest.
 *
 * <p>Knows what is wrong and where. The message is one line that is safe to print whatever the text was: it quotes,
 * escapes and cuts it, as in {@code image "docker/Nginx": character 8 'N': repository must be lowercase}.
 *
 * <p>Refusing text is a normal event here, so this exception carries no stack trace and makes its message only when asked.
 *
 * @since 0.1
 */
public final class ReferenceSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What the text was to be, {@code image} or {@code digest}. */
    private final String subject;

    /** The text that was refused. */
    private final String input;

    /** What is wrong with it. */
    private final ReferenceProblem problem;

    /** Where it is wrong. */
    private final int offset;

    ReferenceSyntaxException(String subject, String input, ReferenceProblem problem, int offset) {
        this.subject = subject;
        this.input = input;
        this.problem = problem;
        this.offset = offset;
    }

    /** {@return what is wrong} */
    public ReferenceProblem problem() {
        return problem;
    }

    /** {@return where it is wrong: index of the offending character, from 0; the text's length if something is missing at its end} */
    public int offset() {
        return offset;
    }

    @Override
    public String getMessage() {
        return SyntaxMessage.of(subject, input, offset, problem.sentence());
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is touched
    public Throwable fillInStackTrace() {
        return this;
    }
}
