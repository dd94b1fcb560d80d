package io.imagegate.cli.option;

import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlReader;
import io.imagegate.follow.RegularFile;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.text.Copies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options in a YAML file: a mapping from their names, without dashes, to their values.
 *
 * @param values as text, as they would be on the command line
 */
public record ConfigFile(Map<String, String> values) {

    /** Options that name this file or choose an action; they cannot be set in the file. */
    private static final Set<String> NO_SETTINGS =
            Set.of("config", "print-config", "dry-run", "unless-empty", "strict", "help", "version");

    /** Values of a list are joined, and each may be an alias of a long text: so there are few. */
    private static final SyntaxLimits SYNTAX =
            SyntaxLimits.builder(1 << 20, 16).aliases(500).build();

    /**
     * Reads the options in a file.
     *
     * @param file named in errors
     * @param text contents of the file
     * @param command whose options it may set
     * @return the options that it sets
     * @throws CommandProblem when it is not a mapping, sets an unknown option or one twice, or sets one to a mapping
     */
    static ConfigFile read(Path file, String text, CommandSpec command) {
        Problems problems = new Problems();
        Optional<YamlNode> document = YamlReader.document(file.toString(), text, SYNTAX, problems);
        if (problems.count() == 0 && document.filter(YamlNode::isMapping).isEmpty()) {
            throw new CommandProblem(file + ": expected a mapping such as \"port: 8443\"");
        }
        Map<String, String> values = new LinkedHashMap<>();
        document.flatMap(node -> node.fields(keys(command).toArray(String[]::new)))
                .ifPresent(fields -> fields.all().forEach((key, value) -> values.put(key, text(value))));
        if (problems.count() > 0) {
            throw new CommandProblem(
                    problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return new ConfigFile(Copies.of(values));
    }

    public static Set<String> keys(CommandSpec command) {
        Set<String> keys = new TreeSet<>();
        command.options().forEach(option -> keys.add(OptionDefaults.key(option)));
        keys.removeAll(NO_SETTINGS);
        return keys;
    }

    /**
     * Reads a file.
     *
     * @param file YAML
     * @return its contents
     * @throws CommandProblem when it is no regular file of at most 1 MiB in UTF-8, or cannot be read
     */
    static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(RegularFile.read(file)))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new CommandProblem("--config " + file + ": expected text in UTF-8");
        } catch (IOException unreadable) {
            throw new CommandProblem("--config " + file + ": " + unreadable.getMessage());
        }
    }

    /** {@return the value of one option, whatever else is in a file; empty if it is not set or the file is not YAML} */
    static Optional<String> value(String text, String key) {
        return YamlReader.document("", text, SYNTAX, new Problems())
                .flatMap(YamlNode::anyFields)
                .flatMap(fields -> fields.get(key))
                .filter(YamlNode::isScalar)
                .map(YamlNode::written);
    }

    /** {@return a value as on the command line: as it is written, whatever its type} */
    private static String text(YamlNode value) {
        List<YamlNode> several = value.isList() ? value.elements() : List.of(value);
        if (!several.stream().allMatch(YamlNode::isScalar)) {
            value.problem("expected a value or a list of values");
            return "";
        }
        return several.stream().map(YamlNode::written).collect(Collectors.joining(","));
    }
}
