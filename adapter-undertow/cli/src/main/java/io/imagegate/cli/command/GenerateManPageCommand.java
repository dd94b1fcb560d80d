package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints manual pages. */
@Command(
        name = "generate-man-page",
        description = {
            "Prints the manual page of a command, or of imagegate.",
            "  imagegate generate-man-page check | man -l -"
        },
        mixinStandardHelpOptions = true)
final class GenerateManPageCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command, such as check, or policy list; imagegate itself without it.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Print the commands that have a page, one in a line.")
    private boolean list;

    @Override
    public void run() {
        if (list) {
            spec.parent().subcommands().keySet().forEach(spec.commandLine().getOut()::println);
            return;
        }
        CommandLine command = spec.parent().commandLine();
        for (String name : names) {
            CommandLine found = command.getSubcommands().get(name);
            if (found == null) {
                throw new CommandProblem("expected a command of " + ManPage.name(command.getCommandSpec()) + ": "
                        + String.join(", ", command.getSubcommands().keySet()));
            }
            command = found;
        }
        spec.commandLine().getOut().print(ManPage.of(command.getCommandSpec(), imagegate.version()));
    }
}
