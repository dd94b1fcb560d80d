package io.imagegate.cli.option;

import io.imagegate.cli.pin.RewrittenFiles;
import io.imagegate.cli.pin.UnifiedDiff;
import io.imagegate.input.ChangedFile;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.ShownText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How changed files are written, shared by {@code pin} and {@code check}. */
public final class WriteOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--diff", description = "Print what would be written as a unified diff, and write nothing.")
    private boolean diff;

    /** {@return whether only the difference is printed} */
    public boolean isDiff() {
        return diff;
    }

    /** {@return how the policies change images} */
    public static Mutation requireMutation(PolicySet policies) {
        return policies.mutation()
                .orElseThrow(
                        () -> new CommandProblem(
                                "no policy has mutate, so there is nothing to write: expected spec.mutate with rewrite or pin"));
    }

    /**
     * Writes files, or prints the difference.
     *
     * @param files the files
     * @param problems why nothing may be written, a line each
     * @param unpinned images without a digest, a line each
     * @param partial whether they are left as they are
     * @return the exit status
     */
    public int finish(RewrittenFiles files, List<String> problems, List<String> unpinned, boolean partial) {
        List<ChangedFile> changes = files.changes();
        unpinned.forEach(line -> ProblemHandler.report(spec.commandLine(), line));
        problems.forEach(line -> ProblemHandler.report(spec.commandLine(), ShownText.escape(line)));
        if (!problems.isEmpty() || (!unpinned.isEmpty() && !partial)) {
            ProblemHandler.report(spec.commandLine(), "nothing is written");
            return ProblemHandler.UNUSABLE;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (diff) {
            changes.forEach(change -> out.print(
                    UnifiedDiff.of(change.path() == null ? "-" : change.name(), change.before(), change.after())));
        } else {
            write(changes);
        }
        out.flush();
        return 0;
    }

    private void write(List<ChangedFile> changes) {
        try {
            RewrittenFiles.write(changes);
        } catch (IOException failed) {
            throw new CommandProblem(ShownText.escape(String.valueOf(failed.getMessage())));
        }
        for (ChangedFile change : changes) {
            if (change.path() == null) {
                spec.commandLine().getOut().print(change.after());
            } else {
                ProblemHandler.report(
                        spec.commandLine(),
                        ShownText.escape("wrote " + change.name()) + ": " + change.images()
                                + (change.images() == 1 ? " image" : " images"));
            }
        }
    }
}
