package io.imagegate.cli.command;

import java.util.ArrayList;
import java.util.List;

/** Runs commands one after the other in one process, which ends with the exit status of the first that fails. */
final class CommandsInTurn {

    /** Stands between two commands. */
    static final String THEN = "--then";

    private CommandsInTurn() {}

    public static void main(String[] arguments) {
        List<String> command = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(THEN)) {
                run(command);
                command.clear();
            } else {
                command.add(argument);
            }
        }
        run(command);
        System.exit(0);
    }

    private static void run(List<String> command) {
        int status = ImagegateCommand.run("1.0", command.toArray(String[]::new));
        if (status != 0) {
            System.exit(status);
        }
    }
}
