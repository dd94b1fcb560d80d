package io.imagegate.server.cli.option;

import io.imagegate.server.tls.RegularFile;
import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import io.imagegate.syntax.YamlMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options in a YAML file: a mapping from their names, without dashes, to their values.
 *
 * @param values as text, as they would be on the command line
 */
public record ConfigFile(Map<String, String> values) {

    /** Options that name this file or choose an action; they cannot be set in the file. */
    private static final Set<String> NO_SETTINGS = Set.of("config", "print-config", "dry-run", "help", "version");

    private static final int LONGEST_KEY = 60;

    /**
     * Reads the options in a file.
     *
     * @param file named in errors
     * @param document contents of the file
     * @param command whose options it may set
     * @return the options that it sets
     * @throws CommandProblem when it sets an unknown option
     */
    static ConfigFile read(Path file, Map<?, ?> document, CommandSpec command) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> known = keys(command);
        document.forEach((key, value) -> {
            if (!known.contains(String.valueOf(key))) {
                String name = String.valueOf(key);
                String shown = SafeText.escape(SafeText.cut(name, LONGEST_KEY));
                throw new CommandProblem(file + ": " + shown + ": " + Suggestion.oneOf(name, known));
            }
            values.put(String.valueOf(key), text(file + ": " + key, value));
        });
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
     * @throws CommandProblem when it is no regular file of at most 1 MiB, cannot be read or is not a mapping
     */
    static Map<?, ?> document(Path file) {
        // Every scalar is read as text; the option converts it.
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setAllowDuplicateKeys(false)
                .build();
        try {
            Object document = new Load(settings).loadFromString(text(file));
            if (document instanceof Map<?, ?> map) {
                return map;
            }
            throw new CommandProblem(file + ": expected a mapping such as \"port: 8443\"");
        } catch (YamlEngineException wrong) {
            throw new CommandProblem(file + where(wrong) + ": invalid YAML: " + problem(wrong));
        } catch (NumberFormatException wrong) {
            throw new CommandProblem(file + ": invalid YAML: " + YamlMessage.NO_DIGITS);
        }
    }

    private static String text(Path file) {
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

    private static String where(YamlEngineException wrong) {
        if (!(wrong instanceof MarkedYamlEngineException marked)) {
            return "";
        }
        return marked.getProblemMark().map(ConfigFile::position).orElse("");
    }

    private static String position(Mark mark) {
        return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static String problem(YamlEngineException wrong) {
        return YamlMessage.oneLine(
                wrong instanceof MarkedYamlEngineException marked ? marked.getProblem() : wrong.getMessage());
    }

    private static String text(String where, Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Collection<?> several && several.stream().allMatch(String.class::isInstance)) {
            return String.join(",", several.stream().map(String.class::cast).toList());
        }
        throw new CommandProblem(where + ": expected a value or a list of values");
    }
}
