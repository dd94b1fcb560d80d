package io.imagegate.cli.option;

import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments of a command, and what was expected. */
public final class ArgumentProblem {

    private static final int SHOWN = 60;
    private static final int MOST_CHANGES = 3;

    private ArgumentProblem() {}

    /** {@return what is wrong with the arguments, and what was expected} */
    public static String sentence(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(wrong.getCommandLine(), unmatched.getUnmatched());
        }
        if (wrong instanceof MissingParameterException missing) {
            return "expected "
                    + missing.getMissing().stream().map(ArgumentProblem::usage).collect(Collectors.joining(" and "));
        }
        if (wrong instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice, expected it once";
        }
        if (wrong.getArgSpec() == null && wrong.getValue() != null) {
            // The command help knows no command of this name.
            return unknownCommand(wrong.getCommandLine(), wrong.getValue());
        }
        return wrong.getCause() instanceof TypeConversionException why
                ? invalid(wrong, String.valueOf(why.getMessage()))
                : String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    /** {@return whether one of these options is required and missing} */
    static boolean lacks(ParameterException wrong, String... options) {
        return wrong instanceof MissingParameterException missing
                && missing.getMissing().stream()
                        .anyMatch(argument -> List.of(options).contains(name(argument)));
    }

    private static String invalid(ParameterException wrong, String why) {
        ArgSpec argument = wrong.getArgSpec();
        return name(argument) + ": "
                + (argument.type().isEnum() && argument.converters().length == 0
                        ? "expected one of " + values(argument.type()) + ", got "
                                + SafeText.quote(String.valueOf(wrong.getValue()), SHOWN)
                        : why);
    }

    private static String values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String unmatched(CommandLine command, List<String> arguments) {
        String first = arguments.get(0);
        List<PositionalParamSpec> expected = command.getCommandSpec().positionalParameters();
        if (first.isEmpty() && !expected.isEmpty()) {
            return name(expected.get(0)) + ": " + Texts.EMPTY;
        }
        if (first.startsWith("-") && first.length() > 1) {
            String written = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            List<String> names = command.getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .toList();
            return "unknown option " + SafeText.quote(written, SHOWN) + suggestion(written, names);
        }
        return command.getSubcommands().isEmpty()
                ? "unexpected argument " + SafeText.quote(first, SHOWN)
                : unknownCommand(command, first);
    }

    private static String unknownCommand(CommandLine command, String name) {
        return "unknown command " + SafeText.quote(name, SHOWN)
                + suggestion(name, List.copyOf(command.getSubcommands().keySet()));
    }

    private static String suggestion(String written, List<String> names) {
        String best = Suggestion.nearest(written, names, Math.min(MOST_CHANGES, 1 + written.length() / 3));
        return best.isEmpty() ? "" : " (did you mean " + best + "?)";
    }

    private static String usage(ArgSpec argument) {
        String label = argument.paramLabel();
        return argument instanceof OptionSpec option ? option.longestName() + " " + label : label;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
