package io.imagegate.server.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The command line in this JVM. It stands in this package because the command line is not public. */
public final class ServeSettings {

    private ServeSettings() {}

    /** {@return the exit status of {@code serve} with a configuration file, and what was printed} */
    public static String read(Path file) {
        return run("serve", "--config", file.toString(), "--print-config");
    }

    /** {@return the exit status of a command, and what it printed} */
    public static String run(String... words) {
        PrintStream out = System.out;
        InputStream in = System.in;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        int status;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        try {
            status = ImagegateCommand.commandLine(Map.of(), words).setOut(writer).setErr(writer).execute(words);
        } finally {
            System.setOut(out);
            System.setIn(in);
        }
        writer.flush();
        return status + " " + printed + bytes.toString(StandardCharsets.UTF_8);
    }
}
