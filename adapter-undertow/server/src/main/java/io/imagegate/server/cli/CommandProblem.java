package io.imagegate.server.cli;

/** An error in arguments, files or input. It is reported in one line, with exit status 2. */
final class CommandProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandProblem(String message) {
        super(message);
    }
}
