package io.imagegate.server.serve;

/**
 * Why a server cannot start: a mistake in its settings, a file that is missing or invalid, or a port in use. The message
 * says it to people in one line.
 *
 * @since 0.1
 */
public final class StartProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartProblem(String message) {
        super(message);
    }

    /** Has the message of its cause. */
    StartProblem(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
