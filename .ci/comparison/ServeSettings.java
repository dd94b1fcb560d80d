package io.imagegate.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** What {@code serve} makes of a configuration file. It stands in this package because the command line is not public. */
public final class ServeSettings {

    private ServeSettings() {}

    /** {@return the exit status, and what was printed} */
    public static String read(Path file) {
        String[] words = {"serve", "--config", file.toString(), "--print-config"};
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        int status = ImagegateCommand.commandLine(Map.of(), words).setOut(writer).setErr(writer).execute(words);
        writer.flush();
        return status + " " + printed;
    }
}
