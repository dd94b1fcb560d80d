package io.imagegate.cli.option;

import io.imagegate.cli.check.Baseline;
import io.imagegate.cli.check.BaselineFile;
import io.imagegate.text.ShownText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of {@code check} for a baseline: findings that do not count as denied. */
public final class BaselineOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Findings that do not count as denied, and problems with files that do not count, as"
                    + " --write-baseline writes them: only new ones fail.")
    private @Nullable String read;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description =
                    "Write what is denied, and which files cannot be read, into a baseline, and exit with 0, or with"
                            + " 2 if it is not known what was read for one: then nothing is written.")
    private @Nullable String written;

    /**
     * {@return the baseline of the run; empty if there is none}
     *
     * @param writesImages whether the run also writes names of images
     */
    public Optional<Baseline> open(boolean writesImages) {
        if (written != null && read != null) {
            throw new CommandProblem("--write-baseline writes all that is denied: expected it without --baseline");
        }
        if (writesImages && (written != null || read != null)) {
            throw new CommandProblem("--write writes only if everything is allowed: expected it without a baseline");
        }
        if (written != null) {
            return Optional.of(Baseline.collecting());
        }
        if (read == null) {
            return Optional.empty();
        }
        try {
            Baseline baseline = BaselineFile.read(read);
            warnOfAnyFile(baseline.inAnyFile());
            return Optional.of(baseline);
        } catch (IOException | InvalidPathException unusable) {
            throw new CommandProblem(ShownText.escape("--baseline: " + unusable.getMessage()));
        }
    }

    private void warnOfAnyFile(long findings) {
        if (findings > 0) {
            ProblemHandler.report(
                    spec.commandLine(),
                    ShownText.escape("--baseline: findings of " + read + " without a file: " + findings
                            + "; each counts in any file until it is written again with --write-baseline"));
        }
    }

    /**
     * Refuses a baseline that is also a file of a report.
     *
     * @param reports absolute paths of the files of reports
     */
    public void requireOtherThan(Set<Path> reports) {
        for (String file : Arrays.asList(read, written)) {
            if (file != null && reports.contains(absolute(file))) {
                throw new CommandProblem(
                        ShownText.escape("--output: " + file + " is the baseline: expected another file"));
            }
        }
    }

    private static Path absolute(String file) {
        try {
            return Path.of(file).toAbsolutePath().normalize();
        } catch (InvalidPathException noPath) {
            throw new CommandProblem(ShownText.escape(file + ": expected the name of a file: " + noPath.getReason()));
        }
    }

    /**
     * Writes the baseline, if the run does.
     *
     * @param baseline what it collected
     * @return whether it was written
     */
    public boolean write(Baseline baseline) {
        if (written == null) {
            return false;
        }
        try {
            String contents = BaselineFile.write(written, baseline);
            ProblemHandler.report(spec.commandLine(), ShownText.escape("wrote " + written + ", " + contents));
            return true;
        } catch (IOException | InvalidPathException unusable) {
            throw new CommandProblem(ShownText.escape("--write-baseline: " + unusable.getMessage()));
        }
    }
}
