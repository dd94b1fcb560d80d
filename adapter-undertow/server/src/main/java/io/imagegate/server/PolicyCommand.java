package io.imagegate.server;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the policies that come with Imagegate. */
@Command(
        name = "policy",
        description = "Shows the policies that come with imagegate.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class PolicyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected list or show");
    }

    @Command(name = "list", description = "Lists their names.", mixinStandardHelpOptions = true)
    void list() {
        PolicyDocuments.builtins().forEach(name -> spec.commandLine().getOut().println(name));
    }

    @Command(name = "show", description = "Prints the file of one of them.", mixinStandardHelpOptions = true)
    void show(@Parameters(paramLabel = "builtin:NAME", description = "Which one.") String name) {
        try {
            spec.commandLine().getOut().print(PolicyDocuments.builtin(name));
        } catch (PolicyDocumentException unknown) {
            throw new CommandProblem(String.valueOf(unknown.getMessage()));
        }
    }
}
