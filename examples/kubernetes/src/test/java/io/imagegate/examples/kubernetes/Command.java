package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command as a user would, with the tools of the JDK that runs the tests. */
final class Command {

    /** So long that only a command that hangs is cut off. */
    private static final int LONGEST_MINUTES = 15;

    /**
     * What came of it.
     *
     * @param status its exit status
     * @param output what it printed, errors included
     */
    record Result(int status, String output) {}

    private Command() {}

    static Result run(Path folder, List<String> words) throws IOException, InterruptedException {
        return run(folder, Map.of(), words);
    }

    /** Runs it with more variables in its environment. */
    static Result run(Path folder, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile("imagegate-command-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        String tools = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", tools, (path, java) -> java + ":" + path);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError(words + " did not end; it printed:\n" + read(printed));
            }
            return new Result(process.exitValue(), read(printed));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(printed);
        }
    }

    private static String read(Path printed) throws IOException {
        return new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
    }
}
