package io.imagegate.cli;

import io.imagegate.server.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three API servers that ask at a rate, with the client library and the retries of real ones, until they are stopped. */
final class Load implements AutoCloseable {

    static final int CONCURRENCY = 12;
    static final int RATE = 100;

    private static final Pattern COUNTS = Pattern.compile(
            "rate (\\d+) sent (\\d+) answered (\\d+) otherwise (\\d+) wrong (\\d+) lost (\\d+) retried (\\d+) .*");

    /** Where a review was sent, which differs from one to the next. */
    private static final Pattern ADDRESS = Pattern.compile(
            "Post \"[^\"]*\": |(read |write |dial )?tcp [\\d.:]+(->[\\d.:]+)?: |; LastStreamID=\\d+, ErrCode=NO_ERROR, debug=\"\"");

    private static final Pattern LOSS = Pattern.compile("(\\d+) x lost: (.*)");
    private static final int PATIENCE_SECONDS = 120;

    /** An image and the answers to it that are right, as regular expressions; the first is the usual one. */
    record Question(String image, List<String> answers) {

        /** Takes the answers word for word. */
        Question(String image, String... answers) {
            this(image, Stream.of(answers).map(Pattern::quote).toList());
        }

        /** What is usually allowed, and denied for one of these reasons while its registry has a fault. */
        static Question allowedUnless(String image, String reasons) {
            return new Question(image, List.of("allowed", "denied: .*(" + reasons + ").*"));
        }

        /** What is denied whatever happens. */
        static Question denied(String image) {
            return new Question(image, List.of("denied: .*"));
        }

        private String json() {
            return answers.stream()
                    .map(answer -> answer.replace("\\", "\\\\").replace("\"", "\\\""))
                    .collect(Collectors.joining("\", \"", "{\"image\": \"" + image + "\", \"answers\": [\"", "\"]}"));
        }
    }

    /**
     * What became of the reviews until now; in flight are those that are neither answered nor lost.
     *
     * @param otherwise answered rightly, and not as usual
     */
    record Counts(long rate, long sent, long answered, long otherwise, long wrong, long lost, long retried) {

        private static Counts of(MatchResult found) {
            return new Counts(
                    Long.parseLong(found.group(1)),
                    Long.parseLong(found.group(2)),
                    Long.parseLong(found.group(3)),
                    Long.parseLong(found.group(4)),
                    Long.parseLong(found.group(5)),
                    Long.parseLong(found.group(6)),
                    Long.parseLong(found.group(7)));
        }
    }

    /** All that became of them, and what each wrong answer and each loss was. */
    record Result(Counts counts, String problems) {}

    private final Process process;
    private final Path folder;

    private Load(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Asks these questions in turn where a kubeconfig says; when this returns, some are answered. */
    static Load start(KubeWebhookClient client, Path kubeconfig, Question... questions) throws Exception {
        Path folder = Files.createTempDirectory("imagegate-load-");
        Path cases = Files.writeString(
                folder.resolve("cases.json"),
                List.of(questions).stream().map(Question::json).collect(Collectors.joining(",\n", "[", "]")));
        List<String> arguments = List.of(
                "-load",
                cases.toString(),
                "-rate",
                Integer.toString(RATE),
                "-concurrency",
                Integer.toString(CONCURRENCY),
                "-webhooks",
                "3");
        Process process = new ProcessBuilder(client.command(kubeconfig, arguments))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Load load = new Load(process, folder);
        load.awaitAnswers(RATE);
        return load;
    }

    /** Waits until so many more are answered. */
    void awaitAnswers(long more) throws Exception {
        long enough = counts().answered() + more;
        Conditions.await("answers: " + enough, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(output());
            }
            return counts().answered() >= enough;
        });
    }

    Counts counts() throws IOException {
        Counts last = new Counts(0, 0, 0, 0, 0, 0, 0);
        for (Matcher line = COUNTS.matcher(output()); line.find(); ) {
            last = Counts.of(line);
        }
        return last;
    }

    /** Lets what is under way be answered, and prints the line of a table. */
    Result stop(String fault) throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + output());
        }
        String output = output();
        int total = output.indexOf("total:");
        if (total < 0) {
            throw new AssertionError(output);
        }
        Counts counts = counts();
        Result result = new Result(counts, output.substring(total));
        System.out.printf(
                "| %s | %d/s | %,d | %,d | %,d | %,d | %d | %d | %s |%n",
                fault,
                counts.rate(),
                counts.sent(),
                counts.answered(),
                counts.otherwise(),
                counts.retried(),
                counts.wrong(),
                counts.lost(),
                losses(result));
        return result;
    }

    /** How many were lost by each error. */
    private static String losses(Result result) {
        Map<String, Long> losses = new TreeMap<>();
        for (Matcher loss = LOSS.matcher(result.problems()); loss.find(); ) {
            losses.merge(ADDRESS.matcher(loss.group(2)).replaceAll(""), Long.parseLong(loss.group(1)), Long::sum);
        }
        return losses.entrySet().stream()
                .map(loss -> loss.getValue() + " " + loss.getKey())
                .collect(Collectors.joining("; "));
    }

    private String output() throws IOException {
        return Program.read(folder.resolve("output"));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(folder.resolve("output"));
        Files.deleteIfExists(folder.resolve("cases.json"));
        Files.deleteIfExists(folder);
    }
}
