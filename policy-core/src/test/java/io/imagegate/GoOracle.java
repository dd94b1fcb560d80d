package io.imagegate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Go program that tells what a well-kept library says of texts. */
public final class GoOracle {

    private static final int PATIENCE_SECONDS = 300;

    private final Path program;
    private final Path folder;

    private GoOracle(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * Builds the program; without Go and the libraries the test is left out.
     *
     * @param name the folder of its source in {@code src/test/go}
     * @param folder where it is built and run
     */
    public static GoOracle build(String name, Path folder, Machine.Library... libraries)
            throws IOException, InterruptedException {
        Machine.needs("go");
        Machine.needs(libraries);
        Path source = Repository.core("src/test/go").resolve(name).resolve("main.go");
        Path program = folder.resolve(name).toAbsolutePath();
        ProcessBuilder go = new ProcessBuilder("go", "build", "-o", program.toString(), source.toString());
        go.environment().putAll(Machine.goEnvironment());
        go.redirectError(ProcessBuilder.Redirect.INHERIT);
        if (exitStatus(go) != 0) {
            throw new IOException(source + " does not build; what go said is on standard error");
        }
        return new GoOracle(program, folder);
    }

    /** What the library says of each text, in their order. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> ask(List<String> texts) throws IOException, InterruptedException {
        Path questions = folder.resolve("questions.jsonl");
        Path answers = folder.resolve("answers.jsonl");
        Files.write(
                questions,
                texts.stream()
                        .map(text -> '"' + SafeText.escape(text) + '"') // which are JSON's escapes too
                        .toList(),
                US_ASCII);
        int status = exitStatus(new ProcessBuilder(program.toString())
                .redirectInput(questions.toFile())
                .redirectOutput(answers.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
        if (status != 0) {
            throw new IOException("the oracle ended with status " + status);
        }
        return Files.readAllLines(answers, UTF_8).stream()
                .map(line -> (Map<String, Object>) JsonTree.read(line))
                .toList();
    }

    private static int exitStatus(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("still running after " + PATIENCE_SECONDS + " s: " + builder.command());
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
