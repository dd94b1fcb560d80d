package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.crypto.Cryptography;
import io.imagegate.cli.option.OptionDefaults;
import io.imagegate.cli.option.ProblemHandler;
import io.imagegate.cli.option.UnknownVariables;
import io.imagegate.server.Names;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

@DisplayName("names.txt has")
class CommandNamesTest extends CommandTest {

    private static final Pattern STATUS = Pattern.compile("(?<=[ ,])\\d+(?= )");

    private final CommandLine program = ImagegateCommand.commandLine(Map.of());

    private Stream<CommandLine> commands() {
        return below(program);
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(subcommand -> Stream.concat(Stream.of(subcommand), below(subcommand)));
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName().replaceFirst("^imagegate ", "");
    }

    @Test
    @DisplayName("the commands")
    void commandsAreListed() throws IOException {
        Names.FILE.compare(
                "command ",
                commands().map(command -> "command " + name(command)).toList());
    }

    @Test
    @DisplayName("the options of each command")
    void optionsAreListed() throws IOException {
        Names.FILE.compare(
                "option ",
                commands()
                        .flatMap(command -> command.getCommandSpec().options().stream()
                                .map(option -> "option " + name(command) + " " + String.join(", ", option.names())))
                        .toList());
    }

    @Test
    @DisplayName("the environment variables that set options")
    void variablesAreListed() throws IOException {
        Set<String> variables = new TreeSet<>(Set.of("variable " + Cryptography.VARIABLE));
        commands()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> variables.add("variable " + variable(option)));

        Names.FILE.compare("variable ", variables);
        assertThat(variables).allSatisfy(line -> {
            Map<String, String> environment = Map.of(line.substring("variable ".length()), "x");
            assertThat(UnknownVariables.warnings(environment, program)).isEmpty();
        });
        assertThat(UnknownVariables.warnings(Map.of("IMAGEGATE_POLICIES", "x"), program))
                .hasSize(1);
    }

    private static String variable(OptionSpec option) {
        return "IMAGEGATE_"
                + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Test
    @DisplayName("the exit statuses that each help tells")
    void statusesAreListed() throws IOException {
        Names.FILE.compare(
                "exit status ",
                Stream.concat(Stream.of(program), commands())
                        .flatMap(command ->
                                statuses(command).stream().map(status -> "exit status " + name(command) + " " + status))
                        .toList());
    }

    private static List<String> statuses(CommandLine command) {
        String footer = String.join(" ", command.getCommandSpec().usageMessage().footer());
        int start = footer.indexOf("Exit status:");
        if (start < 0) {
            return List.of();
        }
        Matcher status = STATUS.matcher(footer.substring(start, footer.indexOf('.', start)));
        return status.results().map(found -> found.group()).toList();
    }

    @Test
    @DisplayName("exit statuses that the program has")
    void statusesAreTrue() {
        assertThat(run("check", "nginx:1")).isZero();
        assertThat(run("check", "nginx")).isEqualTo(1);
        assertThat(run("check", "nowhere.yaml")).isEqualTo(2);
        assertThat(run("check", "--polcy", "x", "nginx:1")).isEqualTo(2);
        assertThat(run("explain", "nginx:1")).isZero();
        assertThat(run("explain", "nginx")).isEqualTo(1);
        assertThat(run("parse", "nginx")).isZero();
        assertThat(run("parse", "Nginx")).isEqualTo(1);
        assertThat(run("version")).isZero();
        assertThat(run("unknown")).isEqualTo(2);
        program.setErr(new PrintWriter(err));
        ProblemHandler problems = new ProblemHandler(new OptionDefaults(Map.of()));
        assertThat(problems.handleExecutionException(
                        new IllegalStateException("broken"), program, program.parseArgs("version")))
                .isEqualTo(70);
    }
}
