package io.imagegate.cli.command;

import io.imagegate.cli.option.OptionDefaults;
import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Commands that one process runs in turn: a line has the expected exit status, and the arguments with blanks between them. */
public final class Training {

    private Training() {}

    /**
     * Runs the commands of a file.
     *
     * @param version of this program
     * @param file of commands; lines that begin with # are comments
     * @return 0, or 1 after the first command that had another exit status than expected
     */
    public static int run(String version, Path file) {
        PrintWriter logged = Logs.start(LogFormat.json);
        try {
            for (String line : lines(file)) {
                String[] words = line.split(" ", -1);
                String[] arguments = Arrays.copyOfRange(words, 1, words.length);
                OptionDefaults defaults = new OptionDefaults(System.getenv(), arguments);
                int status = ImagegateCommand.execute(version, Duration.ZERO, logged, defaults, arguments);
                if (status != Integer.parseInt(words[0])) {
                    logged.println("exit status " + status + " of: " + line);
                    logged.flush();
                    return 1;
                }
            }
            return 0;
        } finally {
            Logs.flush();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
