package io.imagegate.cli.option;

/** An error in arguments, files or input. It is reported in one line, with exit status 2. */
public final class CommandProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandProblem(String message) {
        super(message);
    }
}
