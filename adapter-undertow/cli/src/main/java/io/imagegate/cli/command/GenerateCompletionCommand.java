package io.imagegate.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion for shells. */
@Command(
        name = "generate-completion",
        description = {
            "Prints the completion of commands, options, their values and files for bash and zsh.",
            "  source <(imagegate generate-completion)"
        },
        mixinStandardHelpOptions = true)
final class GenerateCompletionCommand implements Runnable {

    /** Completes files and the names of built-in policies, which picocli does not. */
    private static final String MORE = "completion.bash";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        String script = AutoComplete.bash("imagegate", spec.root().commandLine());
        spec.commandLine().getOut().print(script + more().replace("POLICIES", policies()));
    }

    private static String policies() {
        return String.join(" ", PolicyCommand.Names.names());
    }

    private static String more() {
        try (InputStream in = Objects.requireNonNull(GenerateCompletionCommand.class.getResourceAsStream(MORE), MORE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
