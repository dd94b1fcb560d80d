package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs. */
final class Command {

    private Command() {}

    /** Runs a program to its end; {@return what it printed} */
    static String output(List<String> command) throws IOException, InterruptedException {
        return output(command, Map.of());
    }

    static String output(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }

    /** Runs a program that may not be installed; {@return what it printed, stripped, or empty if it cannot be run} */
    static Optional<String> attempt(String... command) throws InterruptedException {
        try {
            return Optional.of(output(List.of(command)).strip());
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
