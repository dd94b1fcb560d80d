package io.imagegate.cli.option;

import io.imagegate.cli.crypto.Cryptography;
import io.imagegate.gate.UnknownVariable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** Environment variables that are named like options, and are none. */
public final class UnknownVariables {

    private UnknownVariables() {}

    /**
     * Finds them.
     *
     * @param environment of this process
     * @param program with all its commands, whose options the other variables set
     * @return one sentence for each, with a suggestion
     */
    public static List<String> warnings(Map<String, String> environment, CommandLine program) {
        Set<String> known = new TreeSet<>(Set.of(Cryptography.VARIABLE));
        program.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .options()
                        .forEach(option -> known.add(OptionDefaults.variable(option))));
        return UnknownVariable.find(environment, known).stream()
                .map(UnknownVariables::warning)
                .toList();
    }

    private static String warning(UnknownVariable variable) {
        return "environment variable " + variable.name() + " is ignored: no option has this name"
                + variable.meant()
                        .map(meant -> " (did you mean " + meant + "?)")
                        .orElse("");
    }
}
