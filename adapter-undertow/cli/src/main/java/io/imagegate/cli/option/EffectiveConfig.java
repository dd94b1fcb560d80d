package io.imagegate.cli.option;

import io.imagegate.text.NamedLists;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options in effect, as a file of options, with the source of each value. */
public final class EffectiveConfig {

    private static final String PLAIN = "[A-Za-z0-9/._][A-Za-z0-9/._:,@=-]*(?<!:)";
    private static final long MILLIS = 1_000;
    private static final long SECONDS = 60;

    private final CommandSpec command;
    private final OptionDefaults defaults;

    public EffectiveConfig(CommandSpec command, OptionDefaults defaults) {
        this.command = command;
        this.defaults = defaults;
    }

    public List<String> lines() {
        return ConfigFile.keys(command).stream()
                .map(key -> line(key, command.findOption("--" + key)))
                .toList();
    }

    private String line(String key, OptionSpec option) {
        String text = text(option.getValue());
        return text == null ? "# " + key + ": not set" : key + ": " + quoted(text) + "  # " + source(option);
    }

    private String source(OptionSpec option) {
        if (command.commandLine().getParseResult().hasMatchedOption(option)) {
            return "flag";
        }
        return defaults.of(option).map(OptionDefaults.Setting::source).orElse("default");
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Duration time) {
            return time(time);
        }
        if (value instanceof Collection<?> several) {
            String joined =
                    NamedLists.join(several.stream().map(String::valueOf).toList());
            return joined.isEmpty() ? null : joined;
        }
        return value.toString();
    }

    private static String time(Duration time) {
        long millis = time.toMillis();
        if (millis % MILLIS != 0) {
            return millis + "ms";
        }
        long seconds = millis / MILLIS;
        return seconds == 0 || seconds % SECONDS != 0 ? seconds + "s" : seconds / SECONDS + "m";
    }

    private static String quoted(String text) {
        return text.matches(PLAIN) ? text : "'" + text.replace("'", "''") + "'";
    }
}
