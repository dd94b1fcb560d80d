package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
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

    /** The names of all built-in policies, for the completion of a shell. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }

        static List<String> names() {
            return Stream.of(PolicyDocuments.builtins(), PolicyDocuments.builtinTemplates())
                    .flatMap(List::stream)
                    .map(location -> location.substring(PREFIX.length()))
                    .toList();
        }
    }

    @Command(
            name = "list",
            description = {
                "Lists the built-in policies, one in a line: its name, and what it requires.",
                "A template must be printed and filled in; the others can be used as --policy builtin:NAME."
            },
            mixinStandardHelpOptions = true)
    void list() {
        Names.names().forEach(name -> spec.commandLine().getOut().println(line(PREFIX + name)));
    }

    /** The first line of the file of a policy says in a comment what the policy requires. */
    private static String line(String location) {
        String summary = PolicyDocuments.builtin(location).lines().findFirst().orElse("");
        return String.format("%-26s %s", location, summary.substring(summary.indexOf(' ') + 1));
    }

    @Command(name = "show", description = "Prints the file of a built-in policy.", mixinStandardHelpOptions = true)
    void show(
            @Parameters(
                            paramLabel = "NAME",
                            completionCandidates = Names.class,
                            description = "Name of the policy, with or without builtin: (${COMPLETION-CANDIDATES}).")
                    String name) {
        try {
            String location = name.startsWith(PREFIX) ? name : PREFIX + name;
            spec.commandLine().getOut().print(PolicyDocuments.builtin(location));
        } catch (PolicyDocumentException unknown) {
            throw new CommandProblem(String.valueOf(unknown.getMessage()));
        }
    }
}
