package io.imagegate.cli.option;

import io.imagegate.cli.plugin.PluginProblem;
import io.imagegate.cli.plugin.Plugins;
import io.imagegate.text.ShownText;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The option for rules and formats in jars, of each command that reads policies or files. */
public final class PluginOptions {

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder of jars with rules and formats of files of your own. Two of one name are refused. The"
                    + " jars are read once, at the start.")
    private @Nullable Path folder;

    /** Runs a command, with the jars that its arguments name. */
    public static int run(ParseResult arguments) {
        ParseResult last = arguments;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        boolean isHelp = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        Optional<Path> folder = isHelp ? Optional.empty() : folder(last.commandSpec());
        if (folder.isEmpty()) {
            return new RunLast().execute(arguments);
        }
        try (Plugins plugins = open(last.commandSpec(), folder.get())) {
            return plugins.run(() -> new RunLast().execute(arguments));
        }
    }

    private static Optional<Path> folder(CommandSpec command) {
        return command.mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(PluginOptions.class::isInstance)
                .map(PluginOptions.class::cast)
                .flatMap(options -> Optional.ofNullable(options.folder).stream())
                .findFirst();
    }

    private static Plugins open(CommandSpec command, Path folder) {
        try {
            return Plugins.open(folder);
        } catch (PluginProblem unusable) {
            String message = ShownText.escape("--plugins " + folder + ": " + unusable.getMessage());
            throw new ExecutionException(command.commandLine(), message, new CommandProblem(message));
        }
    }
}
