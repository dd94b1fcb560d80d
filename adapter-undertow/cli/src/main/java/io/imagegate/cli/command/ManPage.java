package io.imagegate.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the language of man, from what its help says. */
final class ManPage {

    private static final Pattern PLACES_OF_BREAKS = Pattern.compile("\\R");
    private static final String STATUS = "Exit status: ";

    private final CommandSpec command;
    private final StringBuilder text = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /**
     * {@return the page}
     *
     * @param command any command of the program
     * @param version of the program
     */
    static String of(CommandSpec command, String version) {
        return new ManPage(command).text(version);
    }

    /** {@return the name of the page, such as {@code imagegate-check}} */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String text(String version) {
        String name = name(command);
        text.append(".TH ").append(quoted(name.toUpperCase(Locale.ROOT))).append(" 1 \"\" ");
        text.append(quoted("imagegate " + version)).append(" \"Imagegate\"\n.nh\n.ad l\n");
        section("NAME");
        String[] description = command.usageMessage().description();
        line(name + " - " + firstSentence(description[0]));
        section("SYNOPSIS");
        text.append(".nf\n");
        line(synopsis());
        text.append(".fi\n");
        section("DESCRIPTION");
        paragraphs(List.of(description));
        arguments();
        options();
        commands();
        footer();
        return text.toString();
    }

    private String synopsis() {
        CommandLine.Help help = new CommandLine.Help(command, Ansi.OFF);
        return help.synopsis(0).strip();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") || first.endsWith(":") ? first.substring(0, first.length() - 1) : first;
    }

    private void arguments() {
        List<PositionalParamSpec> shown = command.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .toList();
        if (!shown.isEmpty()) {
            section("ARGUMENTS");
            shown.forEach(argument -> entry(argument.paramLabel(), List.of(argument.description())));
        }
    }

    private void options() {
        List<OptionSpec> shown =
                command.options().stream().filter(option -> !option.hidden()).toList();
        if (!shown.isEmpty()) {
            section("OPTIONS");
            shown.forEach(option -> entry(names(option), List.of(option.description())));
        }
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return String.join(", ", option.names()) + label;
    }

    private void commands() {
        if (!command.subcommands().isEmpty()) {
            section("COMMANDS");
            command.subcommands().forEach((name, subcommand) -> {
                CommandSpec spec = subcommand.getCommandSpec();
                entry(name, List.of(firstSentence(spec.usageMessage().description()[0]) + "."));
            });
        }
    }

    private void footer() {
        List<String> others = new ArrayList<>();
        String all = String.join("\n", command.usageMessage().footer());
        for (String paragraph : all.lines().toList()) {
            if (paragraph.startsWith(STATUS)) {
                section("EXIT STATUS");
                paragraphs(List.of(paragraph.substring(STATUS.length())));
            } else if (!paragraph.isBlank()) {
                others.add(paragraph);
            }
        }
        if (!others.isEmpty()) {
            section("NOTES");
            paragraphs(List.of(String.join(" ", others)));
        }
        section("SEE ALSO");
        line(command.parent() == null ? "imagegate help COMMAND" : name(command.parent()) + "(1)");
    }

    private void section(String title) {
        text.append(".SH ").append(quoted(title)).append('\n');
    }

    private void entry(String term, List<String> descriptions) {
        text.append(".TP\n");
        text.append("\\fB").append(escaped(term)).append("\\fR\n");
        descriptions.forEach(this::line);
    }

    /** Lines that are indented are examples, which stay as they are. */
    private void paragraphs(List<String> paragraphs) {
        boolean example = false;
        for (String paragraph : paragraphs) {
            boolean indented = paragraph.startsWith("  ");
            if (indented != example) {
                text.append(indented ? ".PP\n.nf\n" : ".fi\n");
            }
            if (!indented) {
                text.append(".PP\n");
            }
            line(paragraph);
            example = indented;
        }
        if (example) {
            text.append(".fi\n");
        }
    }

    private void line(String line) {
        PLACES_OF_BREAKS
                .splitAsStream(line)
                .forEach(part -> text.append(protect(escaped(part))).append('\n'));
    }

    /** A dot or an apostrophe at the start of a line would begin a request. */
    private static String protect(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static String quoted(String word) {
        return '"' + escaped(word).replace("\"", "\\(dq") + '"';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%").replace("%n", "\n");
    }
}
