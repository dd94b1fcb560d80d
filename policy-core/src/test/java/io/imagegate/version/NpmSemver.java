package io.imagegate.version;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.JsonTree;
import io.imagegate.Machine;
import io.imagegate.text.SafeText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The library of which npm is made, asked about one range after another. Not thread-safe. */
final class NpmSemver implements AutoCloseable {

    private static final Path SOURCE = Path.of("src/test/node/semver-oracle.js");

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /** Whether npm takes a text for a range, and which versions it finds in it. */
    record Answer(boolean valid, List<String> held) {}

    private NpmSemver(Process process) {
        this.process = process;
        this.questions = process.outputWriter(US_ASCII);
        this.answers = process.inputReader(UTF_8);
    }

    /** Leaves the test out unless Node.js and the library are installed. */
    static void needs() {
        Machine.needs("node");
        Machine.needs(Machine.Library.NODE_SEMVER);
    }

    static NpmSemver start() throws IOException {
        ProcessBuilder node =
                new ProcessBuilder("node", SOURCE.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment()
                .put(
                        "NODE_PATH",
                        Machine.Library.NODE_SEMVER.place().resolveSibling("").toString());
        return new NpmSemver(node.start());
    }

    Answer ask(String range, List<String> versions) throws IOException {
        String list = versions.stream().map(NpmSemver::json).collect(Collectors.joining(","));
        questions.write("{\"range\":" + json(range) + ",\"versions\":[" + list + "]}\n");
        questions.flush();
        String answer = Objects.requireNonNull(answers.readLine(), "the program has ended");
        Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(answer));
        List<?> held = (List<?>) Objects.requireNonNull(fields.get("held"));
        return new Answer(
                Boolean.TRUE.equals(fields.get("valid")),
                held.stream().map(String.class::cast).toList());
    }

    /** Which escapes as JSON does. */
    private static String json(String text) {
        return '"' + SafeText.escape(text) + '"';
    }

    @Override
    public void close() {
        process.destroy();
    }
}
