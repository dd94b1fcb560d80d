package io.imagegate.cli.command;

import io.imagegate.cli.Program;
import io.imagegate.server.serve.ReviewServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;

/** The command {@code imagegate} in this process. */
public final class ImagegateHere {

    private ImagegateHere() {}

    /** Runs a command that ends by itself; what it logs is not among what it wrote. */
    public static Program.Result run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ImagegateCommand.commandLine(environment, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Program.Result(status, out.toString(), err.toString());
    }

    /** Starts what {@code serve} starts; the arguments are {@code serve} and its options. */
    public static ReviewServer serve(String... arguments) throws IOException {
        CommandLine imagegate = ImagegateCommand.commandLine(Map.of(), arguments);
        imagegate.parseArgs(arguments);
        return Objects.requireNonNull(imagegate.getSubcommands().get("serve"))
                .<ServeCommand>getCommand()
                .start();
    }
}
