package io.imagegate.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Test that runs the command line in this process, without an environment. */
abstract class CommandTest {

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** Runs a command; {@code out} and {@code err} hold what it prints, and nothing of earlier ones. */
    final int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
