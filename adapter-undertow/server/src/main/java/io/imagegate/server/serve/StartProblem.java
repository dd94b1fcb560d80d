package io.imagegate.server.serve;

/**
 * Why a server cannot start; the message says it to people in one line.
 *
 * @since 0.1
 */
public final class StartProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartProblem(String message) {
        super(message);
    }
}
