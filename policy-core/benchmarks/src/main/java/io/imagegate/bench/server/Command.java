package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs. */
final class Command {

    private static final double KIB_PER_MIB = 1 << 10;

    /**
     * What a process took.
     *
     * @param status its exit status
     * @param wallSeconds time from its start to its end
     * @param processorSeconds processor time
     * @param mebibytes most resident memory
     */
    record Cost(int status, double wallSeconds, double processorSeconds, double mebibytes) {}

    private Command() {}

    /** Runs a program to its end, without its output; {@return what it took} The program {@code time} writes it into a file. */
    static Cost cost(List<String> command, Path file) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("time", "-o", file.toString(), "-q", "-f", "%U %S %M"));
        timed.addAll(command);
        long start = System.nanoTime();
        int status = new ProcessBuilder(timed)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        String[] figures = Files.readString(file).strip().split(" ", -1);
        return new Cost(
                status,
                wallSeconds,
                Double.parseDouble(figures[0]) + Double.parseDouble(figures[1]),
                Double.parseDouble(figures[2]) / KIB_PER_MIB);
    }

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
