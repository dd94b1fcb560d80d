package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures {@code check nginx} as the packages start it beside {@code java -jar} of an older program, which does the same: processes
 * of both take turns.
 */
final class ShortCommand {

    private static final List<String> ARGUMENTS = List.of("check", "nginx");

    private static final String NAME = "`imagegate check nginx` (package) : `java -jar` of the code before step 13";

    private static final double LIMIT = 0.5;

    /** The image has no tag, which the built-in policy denies. */
    private static final int DENIED = 1;

    /**
     * What both took, by round.
     *
     * @param now the packaged command
     * @param before the older jar
     */
    record Result(List<Command.Cost> now, List<Command.Cost> before) {

        static final Result NONE = new Result(List.of(), List.of());

        /** {@return the targets, and what came of each; none if it was not measured} */
        List<Targets.Row> targets() {
            return now.isEmpty()
                    ? List.of()
                    : List.of(
                            row("", Command.Cost::wallSeconds),
                            row(", processor time", Command.Cost::processorSeconds));
        }

        /** Compares round by round, since what the machine does meanwhile hits both alike. */
        private Targets.Row row(String what, ToDoubleFunction<Command.Cost> figure) {
            double[] ours = now.stream().mapToDouble(figure).toArray();
            double[] theirs = before.stream().mapToDouble(figure).toArray();
            double ratio = Figures.median(Targets.ratios(ours, theirs));
            return new Targets.Row(
                    NAME + what,
                    Targets.text(1e3 * Figures.median(ours)) + " : " + Targets.text(1e3 * Figures.median(theirs))
                            + " ms",
                    Targets.text(ratio),
                    "at most " + Targets.text(LIMIT),
                    ratio <= LIMIT);
        }
    }

    private final List<String> now;
    private final String java;
    private final Path folder;
    private final int rounds;

    /**
     * @param program the command of a package
     * @param java what the older jar runs on
     * @param folder for files
     * @param quick whether there are few rounds
     */
    ShortCommand(Path program, String java, Path folder, boolean quick) throws IOException {
        this.now = Imagegate.command(program, java);
        this.java = java;
        this.folder = Files.createDirectories(folder);
        this.rounds = quick ? 3 : 25;
    }

    /**
     * Measures this alone, and prints the rows of the page.
     *
     * @param arguments the command of a package, a Java, and the folder for files
     * @throws IOException when a program fails
     * @throws InterruptedException when asked to end
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ShortCommand(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]), false)
                .measure()
                .targets()
                .forEach(System.out::println);
    }

    /** {@return what was measured; nothing without the property {@code bench.before}, which names the older jar} */
    Result measure() throws IOException, InterruptedException {
        String jar = System.getProperty("bench.before", "");
        if (jar.isBlank()) {
            return Result.NONE;
        }
        List<String> before = Imagegate.command(Path.of(jar), java);
        run(now);
        run(before);
        Result result = new Result(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            result.now().add(run(now));
            result.before().add(run(before));
        }
        return result;
    }

    private Command.Cost run(List<String> program) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(program.stream(), ARGUMENTS.stream()).toList();
        Command.Cost cost = Command.cost(command, folder.resolve("cost"));
        if (cost.status() != DENIED) {
            throw new IOException(String.join(" ", command) + " ended with " + cost.status());
        }
        return cost;
    }
}
