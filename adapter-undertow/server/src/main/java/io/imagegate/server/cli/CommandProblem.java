package io.imagegate.server.cli;

/** Why a command cannot do what it was asked to: one line for people, and exit status 2. */
final class CommandProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandProblem(String message) {
        super(message);
    }
}
