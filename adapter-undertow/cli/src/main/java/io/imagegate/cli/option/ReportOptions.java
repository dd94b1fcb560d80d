package io.imagegate.cli.option;

import io.imagegate.cli.check.Progress;
import io.imagegate.cli.check.report.Grouping;
import io.imagegate.cli.check.report.ReportFormat;
import io.imagegate.cli.check.report.TextOptions;
import io.imagegate.time.TimeSource;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which reports {@code check} writes, and where. */
public final class ReportOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT[=FILE]",
            converter = ReportFormats.OfCheck.class,
            completionCandidates = ReportFormats.NamesOfCheck.class,
            description = "Report: text, json, sarif, junit, github (annotations), markdown, policyreport"
                    + " (wgpolicyk8s.io/v1alpha2) or openreports (openreports.io/v1alpha1), in a file or on standard"
                    + " output (default: text). Can be repeated. A file appears when its report is complete.")
    private List<ReportOutput> outputs = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description =
                    "Text has only what denies, and nothing if everything is allowed; there is no line of progress.")
    private boolean quiet;

    @Option(
            names = "--group-by",
            paramLabel = "image|rule|file",
            description =
                    "What a block of text is about: an image or a rule with all its places, or one image in one file"
                            + " (default: image on a terminal, else file).")
    private @Nullable Grouping grouping;

    /** {@return the reports; text on standard output unless others are named} */
    private List<ReportOutput> outputs() {
        Set<String> files = new HashSet<>();
        for (ReportOutput output : outputs) {
            if (!files.add(place(output.file()))) {
                throw new CommandProblem("--output: " + (output.file().isEmpty() ? "standard output" : output.file())
                        + " gets two reports: expected FORMAT=FILE with another file for each, and one without a file"
                        + " at most");
            }
        }
        return outputs.isEmpty() ? List.of(new ReportOutput(ReportFormat.text, "")) : outputs;
    }

    /** {@return whether a report has a part for each namespace} */
    public boolean hasNamespaces() {
        return outputs.stream().anyMatch(output -> output.format().hasNamespaces());
    }

    /** {@return one text for each file, however its name is written} */
    private static String place(String file) {
        try {
            return file.isEmpty()
                    ? file
                    : Path.of(file).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException noPath) {
            return file;
        }
    }

    /** {@return a line of progress on standard error, if that is a terminal and nobody wants quiet} */
    public Progress progress() {
        if (quiet || !Terminal.isErrorCapable(System.getenv())) {
            return Progress.none();
        }
        PrintWriter terminal = spec.commandLine().getErr();
        return Progress.on(
                text -> {
                    terminal.print(text);
                    terminal.flush();
                },
                TimeSource.system());
    }

    /**
     * Opens the files of the reports.
     *
     * @param version of Imagegate
     * @param verbose whether text lists what otherwise is counted
     * @return the reports
     */
    public ReportWriter open(String version, boolean verbose) {
        Grouping elsewhere = grouping == null ? Grouping.file : grouping;
        Grouping here = grouping == null && Terminal.isOutput() ? Grouping.image : elsewhere;
        return new ReportWriter(
                outputs(),
                new TextOptions(Ansi.AUTO, Terminal.links(System.getenv()), here, quiet, verbose),
                TextOptions.plain(elsewhere, quiet, verbose),
                version,
                spec.commandLine().getOut());
    }
}
