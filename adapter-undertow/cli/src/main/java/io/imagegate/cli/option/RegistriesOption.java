package io.imagegate.cli.option;

import io.imagegate.text.ShownText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that contact the images' own registries if no file names others. */
public final class RegistriesOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that may be contacted, and how.")
    private @Nullable Path file;

    @Option(
            names = "--credential-helpers",
            description =
                    "Without --registries: run the programs docker-credential-NAME that Docker's configuration names"
                            + " for the registry.")
    private boolean helpers;

    /**
     * {@return the registries that may be contacted}
     *
     * @param environment names the folder of Docker's configuration: {@code DOCKER_CONFIG}, or else {@code .docker} in
     *     {@code HOME}
     */
    public RegistryAccess access(Map<String, String> environment) {
        if (file != null && helpers) {
            throw new CommandProblem(
                    "expected either --registries or --credential-helpers, got both: entries of the file name helpers");
        }
        return new RegistryAccess(file, dockerConfig(environment), helpers);
    }

    private static @Nullable Path dockerConfig(Map<String, String> environment) {
        return folder(environment, "DOCKER_CONFIG")
                .or(() -> folder(environment, "HOME").map(home -> home.resolve(".docker")))
                .map(folder -> folder.resolve("config.json"))
                .filter(Files::exists)
                .orElse(null);
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    /**
     * Names the helpers that were not run, if the command failed: perhaps for want of their credentials.
     *
     * @param status the exit status
     * @param access the registries that were contacted
     * @return the exit status
     */
    public int advised(int status, RegistryAccess access) {
        if (status != 0) {
            access.unused().forEach(line -> ProblemHandler.report(spec.commandLine(), ShownText.escape(line)));
        }
        return status;
    }
}
