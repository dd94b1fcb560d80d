package io.imagegate.cli.option;

import io.imagegate.cli.check.report.CombinedReport;
import io.imagegate.cli.check.report.Report;
import io.imagegate.cli.check.report.ReportFile;
import io.imagegate.cli.check.report.ReportFormat;
import io.imagegate.cli.check.report.ReportRun;
import io.imagegate.cli.check.report.Result;
import io.imagegate.cli.check.report.TextOptions;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.ShownText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reports of one run, and their files. Not thread-safe. */
public final class ReportWriter implements AutoCloseable {

    private final TextOptions standardText;
    private final TextOptions fileText;
    private final String version;
    private final PrintWriter standardOutput;
    private final List<Destination> destinations = new ArrayList<>();
    private @Nullable Report<Result> begun;

    /** A report; its file is null for standard output. */
    private record Destination(
            ReportOutput output, @Nullable ReportFile file) {}

    /** Opens the files: what cannot be written is told before anything is checked. */
    ReportWriter(
            List<ReportOutput> outputs,
            TextOptions standardText,
            TextOptions fileText,
            String version,
            PrintWriter standardOutput) {
        this.standardText = standardText;
        this.fileText = fileText;
        this.version = version;
        this.standardOutput = standardOutput;
        try {
            for (ReportOutput output : outputs) {
                destinations.add(new Destination(output, open(output.file())));
            }
        } catch (CommandProblem unusable) {
            close();
            throw unusable;
        }
    }

    private static @Nullable ReportFile open(String file) {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return new ReportFile(Path.of(file));
        } catch (IOException | InvalidPathException unusable) {
            throw new CommandProblem(
                    ShownText.escape("--output: " + file + ": cannot be written: " + unusable.getMessage()));
        }
    }

    /** {@return the absolute paths of all files that are written} */
    public Set<Path> files() {
        return destinations.stream()
                .flatMap(to -> Stream.ofNullable(to.file()))
                .flatMap(file -> file.paths().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Begins the reports.
     *
     * @param policies the policies by which is checked
     * @return all reports as one
     */
    public Report<Result> begin(PolicySet policies) {
        Report<Result> report = new CombinedReport(
                destinations.stream().map(to -> begin(to, policies)).toList());
        begun = report;
        return report;
    }

    private Report<Result> begin(Destination to, PolicySet policies) {
        ReportRun run = new ReportRun(
                to.file() == null ? standardOutput : to.file().out(),
                to.file() != null,
                to.file() == null ? standardText : fileText,
                version,
                policies);
        return to.output().format().beginCheck(run).orElseThrow();
    }

    /**
     * Ends the reports with a problem. If none has begun, text on standard output stays empty: the problem is on standard error.
     *
     * @param problem why not everything was checked
     */
    public void fail(String problem) {
        Totals totals = Totals.none(problem);
        if (begun != null) {
            begun.end(totals);
            return;
        }
        PolicySet none = PolicySet.unloaded(problem);
        destinations.stream()
                .filter(to -> to.file() != null || to.output().format() != ReportFormat.text)
                .forEach(to -> begin(to, none).end(totals));
    }

    /** {@return the first problem with writing the reports that were begun; empty if all are complete} */
    public Optional<String> commit() {
        Optional<String> problem = Optional.empty();
        for (Destination to : destinations) {
            Optional<String> next = commit(to);
            problem = problem.or(() -> next);
        }
        return problem;
    }

    private Optional<String> commit(Destination to) {
        if (to.file() == null) {
            return standardOutput.checkError()
                    ? Optional.of("--output: standard output: the report cannot be written")
                    : Optional.empty();
        }
        try {
            to.file().commit();
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(ShownText.escape(
                    "--output: " + to.output().file() + ": cannot be written: " + failed.getMessage()));
        }
    }

    /** Removes what is not complete. */
    @Override
    public void close() {
        for (Destination to : destinations) {
            if (to.file() != null) {
                try {
                    to.file().close();
                } catch (IOException left) {
                    // A part of a report stays under a name that nobody reads.
                }
            }
        }
    }
}
