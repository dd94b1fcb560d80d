package io.imagegate.cli.option;

import io.imagegate.cli.check.CheckedFiles;
import io.imagegate.cli.check.Checker;
import io.imagegate.cli.check.PathGlobs;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of {@code check} for what it cannot judge, or judges only as a part of something else. */
public final class CompleteOptions {

    @Option(
            names = "--complete",
            description =
                    "Exit with 2 if something that may name images is not judged, such as remote bases, charts and"
                            + " templates, and deny what kustomizations that others include make alone.")
    private boolean complete;

    @Option(
            names = "--bases",
            paramLabel = "GLOB",
            description =
                    "Folders of kustomizations that are never deployed alone: they are judged only as parts of those"
                            + " that include them. A name such as base, or with a slash the path below the folder that is checked."
                            + " * matches any characters. Can be repeated.")
    private List<String> bases = List.of();

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description =
                    "URL of the repository that the files are of. Paths of Flux and Argo CD in other repositories are then"
                            + " not judged, also where a folder here has their name; without it each folder that is here counts."
                            + " Protocol, user and .git make no difference. Can be repeated.")
    private List<String> repositories = List.of();

    /** {@return whether one of them is given} */
    public boolean isGiven() {
        return complete || !bases.isEmpty() || !repositories.isEmpty();
    }

    /**
     * Sets whether a check is to be complete.
     *
     * @param checker the check
     */
    public void applyTo(Checker checker) {
        checker.complete(complete);
    }

    /**
     * Names what is never deployed alone, and the repository.
     *
     * @param reader reads the files
     */
    public void applyTo(CheckedFiles reader) {
        reader.bases(globs("--bases", bases));
        try {
            reader.of(repositories);
        } catch (IllegalArgumentException unusable) {
            throw new CommandProblem("--repository: " + unusable.getMessage());
        }
    }

    /**
     * {@return globs of files and folders}
     *
     * @param option the option that has them, for a message
     * @param globs the globs
     */
    public static PathGlobs globs(String option, List<String> globs) {
        try {
            return PathGlobs.of(globs);
        } catch (IllegalArgumentException unusable) {
            throw new CommandProblem(option + ": " + unusable.getMessage());
        }
    }
}
