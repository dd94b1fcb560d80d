package io.imagegate.cli.option;

import io.imagegate.cli.crypto.Cryptography;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Environment variables that are named like options, and are none. */
public final class UnknownVariables {

    private static final String PREFIX = "IMAGEGATE_";

    /** Kubernetes makes such variables of each Service whose name begins with "imagegate", for every pod of its namespace. */
    private static final Pattern OF_SERVICE =
            Pattern.compile("IMAGEGATE(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
                    + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final int LONGEST_NAME = 60;
    private static final int MOST_CHANGES = 3;

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
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith(PREFIX)
                                && !known.contains(variable.getKey())
                                && !isOfService(variable.getKey(), variable.getValue()))
                        .map(variable -> warning(variable.getKey(), known))
                        .toList();
    }

    private static boolean isOfService(String name, String value) {
        return OF_SERVICE.matcher(name).matches() || (name.endsWith("_PORT") && OptionDefaults.isServiceLink(value));
    }

    private static String warning(String name, Set<String> known) {
        int written = name.length() - PREFIX.length();
        String best = Suggestion.nearest(name, known, Math.min(MOST_CHANGES, 1 + written / 3));
        return "environment variable " + SafeText.escape(SafeText.cut(name, LONGEST_NAME))
                + " is ignored: no option has this name"
                + (best.isEmpty() ? "" : " (did you mean " + best + "?)");
    }
}
