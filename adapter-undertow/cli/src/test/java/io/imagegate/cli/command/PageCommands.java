package io.imagegate.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of imagegate that stand in a page, in blocks and in lines, and what no command has of them. */
final class PageCommands {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```[^\n]*\n(.*?)^ *```");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    /** The jar, the program where a shell takes a command, or the image; then its arguments, but no further column of a table. */
    private static final Pattern PROGRAM = Pattern.compile("(?:-jar +\\S*imagegate\\S*\\.jar"
            + "|(?:^|[|;&(] *|\\$ +|\\b(?:exec|sudo|then|do) +)(?:\\S+/)?imagegate"
            + "|\\S+/imagegate:\\S+) (?<arguments>\\S.*)");

    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");
    /** The end of a command, or the beginning of a comment. */
    private static final Pattern END = Pattern.compile("[|;&)#]|\\d?>.*");

    private final CommandLine program;
    private final Set<String> elsewhere;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, CommandLine> named = new TreeMap<>();
    private int found;

    /**
     * @param program all commands
     * @param elsewhere options of other programs that pages name alone
     */
    PageCommands(CommandLine program, Set<String> elsewhere) {
        this.program = program;
        this.elsewhere = elsewhere;
    }

    /** {@return this with what a page says} */
    PageCommands of(String page) {
        Stream<String> blocks = BLOCK.matcher(page)
                .results()
                .flatMap(block -> block.group(1).replaceAll(" *\\\\\n\\s*", " ").lines());
        List<String> spans = SPAN.matcher(BLOCK.matcher(page).replaceAll("\n"))
                .results()
                .map(span -> span.group(1).replaceAll("\\s+", " "))
                .toList();
        blocks.forEach(line -> command(line.strip()));
        spans.stream().filter(span -> !command(span)).forEach(this::part);
        spans.stream().filter(span -> span.startsWith("--")).forEach(this::option);
        return this;
    }

    /** {@return what no command has} */
    List<String> problems() {
        return problems;
    }

    /** {@return how many commands the page has} */
    int found() {
        return found;
    }

    private boolean command(String line) {
        Matcher whole = PROGRAM.matcher(line);
        boolean is = whole.find();
        if (is) {
            command(line, words(whole.group("arguments")));
        }
        return is;
    }

    /** A command without the program, such as {@code check --write}. */
    private void part(String span) {
        List<String> words = words(span);
        if (words.isEmpty() || !program.getSubcommands().containsKey(words.get(0))) {
            return;
        }
        if (words.size() == 1) {
            named.put(words.get(0), program.getSubcommands().get(words.get(0)));
        } else if (words.get(1).startsWith("-")) {
            command(span, words);
        }
    }

    private void command(String line, List<String> words) {
        CommandLine command = program;
        boolean value = false;
        for (String word : words) {
            if (value) {
                value = false;
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
                named.put(word, command);
                found++;
            } else if (word.matches("--?\\w.*")) {
                OptionSpec option = option(command, word);
                if (option == null) {
                    problems.add(
                            "`" + line + "`: " + command.getCommandSpec().qualifiedName() + " has no option " + word);
                }
                value = option != null
                        && option.arity().min() > 0
                        && option.equals(command.getCommandSpec().findOption(word));
            } else if (command == program && NAME.matcher(word).matches()) {
                problems.add("`" + line + "`: there is no command " + word);
                return;
            } else if (command == program) {
                // The output of another program, a script's own arguments, or a placeholder.
                return;
            }
        }
    }

    private static @Nullable OptionSpec option(CommandLine command, String word) {
        String name = word.replaceAll("=.*", "");
        OptionSpec option = command.getCommandSpec().findOption(name);
        // The value of a short option may follow it at once.
        return option == null && word.matches("-\\w[^-=].*")
                ? command.getCommandSpec().findOption(word.substring(0, 2))
                : option;
    }

    /** An option alone is one of the server, or of a command that the page names. */
    private void option(String span) {
        String name = span.replaceAll("[ =,;.].*", "");
        boolean ours = named.values().stream()
                .anyMatch(command -> command.getCommandSpec().findOption(name) != null);
        boolean served = Objects.requireNonNull(program.getSubcommands().get("serve"))
                        .getCommandSpec()
                        .findOption(name)
                != null;
        if (!ours && !served && !elsewhere.contains(name) && name.matches("--[a-z].*")) {
            problems.add("`" + span + "`: none of the commands of this page has it: " + named.keySet());
        }
    }

    /** {@return the arguments up to the end of the command} Brackets are those of a synopsis. */
    private static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        for (String word : WORD.matcher(arguments.replace("\\|", " ").replaceAll("[\\[\\]]", " "))
                .results()
                .map(each -> each.group())
                .toList()) {
            if (END.matcher(word).lookingAt()) {
                break;
            }
            words.add(word.replaceAll("[;)]+$", ""));
            if (word.endsWith(";") || word.endsWith(")")) {
                break;
            }
        }
        return words;
    }
}
