package io.imagegate.server.cli;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.server.cli.option.CommandProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists and prints the built-in policies. */
@Command(name = "policy", description = "Lists and prints the built-in policies.", mixinStandardHelpOptions = true)
final class PolicyCommand implements Runnable {

    private static final String PREFIX = "builtin:";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected list or show");
    }

    @Command(name = "list", description = "Lists the names of the built-in policies.", mixinStandardHelpOptions = true)
    void list() {
        PolicyDocuments.builtins().forEach(name -> spec.commandLine().getOut().println(name));
    }

    @Command(name = "show", description = "Prints the file of a built-in policy.", mixinStandardHelpOptions = true)
    void show(
            @Parameters(paramLabel = "NAME", description = "Name of the policy, with or without builtin:.")
                    String name) {
        try {
            String location = name.startsWith(PREFIX) ? name : PREFIX + name;
            spec.commandLine().getOut().print(PolicyDocuments.builtin(location));
        } catch (PolicyDocumentException unknown) {
            throw new CommandProblem(String.valueOf(unknown.getMessage()));
        }
    }
}
