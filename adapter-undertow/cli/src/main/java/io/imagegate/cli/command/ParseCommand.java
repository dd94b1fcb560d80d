package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.server.log.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Parses image references. */
@Command(
        name = "parse",
        description = {
            "Parses image references and prints the results as JSON.",
            "They come from the arguments or, without any, from standard input, one a line. Each gives one JSON object"
                    + " on a line of its own, in the same order:",
            "  {\"input\",\"ok\":true,\"registry\",\"repository\",\"tag\",\"digest\",\"canonical\",\"familiar\"}",
            "  {\"input\",\"ok\":false,\"problem\",\"offset\",\"message\"}",
            "without \"tag\" and \"digest\" where the reference has none. \"offset\" counts UTF-16 units from 0."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 all are valid, 1 at least one is not, 2 unusable input."})
final class ParseCommand implements Callable<Integer> {

    /** Formats of standard input. */
    enum Input {
        lines,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", description = "Image references.")
    private List<String> images = List.of();

    @Option(
            names = "--input",
            paramLabel = "lines|json",
            description = "Each line of standard input is a reference, or a JSON string that holds one, for what a line"
                    + " cannot hold (default: ${DEFAULT-VALUE}).")
    private Input input = Input.lines;

    private boolean allRead = true;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (images.isEmpty()) {
            parseLines(out);
        } else {
            images.forEach(image -> parse(image, out));
        }
        return allRead ? 0 : 1;
    }

    private void parseLines(PrintWriter out) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                parse(input == Input.json ? decoded(line, number) : line, out);
                // Someone may wait for each result; a long file is not slowed down by flushes.
                if (!reader.ready()) {
                    out.flush();
                }
            }
        }
    }

    private static String decoded(String line, int number) {
        return JsonLine.decode(line)
                .orElseThrow(() -> new CommandProblem("standard input, line " + number + ": expected one JSON string"));
    }

    private void parse(String image, PrintWriter out) {
        ParsedReference parsed = ParsedReference.of(image);
        allRead &= parsed.ok();
        out.println(parsed.json());
    }
}
