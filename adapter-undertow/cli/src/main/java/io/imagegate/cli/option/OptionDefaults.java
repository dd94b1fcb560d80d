package io.imagegate.cli.option;

import io.imagegate.gate.UnknownVariable;
import io.imagegate.server.log.LogFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * Values of options that are not on the command line. They come from environment variables, such as {@code
 * IMAGEGATE_TLS_CERT} for {@code --tls-cert}, and for {@code serve} from a file.
 */
public final class OptionDefaults implements IDefaultValueProvider {

    private static final String FILE_OPTION = "--config";
    private static final String LOG_FORMAT_OPTION = "--log-format";
    /** The command whose options may be in a file. */
    static final String WITH_FILE = "serve";

    /** A value and its source. */
    record Setting(String value, String source) {}

    private final Map<String, String> environment;
    private final EarlyArguments early = new EarlyArguments();
    private final @Nullable Path file;
    private @Nullable String text;
    private @Nullable ConfigFile config;

    public OptionDefaults(Map<String, String> environment, String... arguments) {
        this.environment = environment;
        CommandLine parser =
                new CommandLine(early).setUnmatchedArgumentsAllowed(true).setExpandAtFiles(false);
        // Errors are reported when all arguments are parsed.
        parser.getCommandSpec().parser().collectErrors(true);
        parser.parseArgs(arguments);
        this.file = isServer() ? (early.file == null ? path(environment.get("IMAGEGATE_CONFIG")) : early.file) : null;
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    /** The options that must be known before the arguments are parsed. */
    @Command
    private static final class EarlyArguments {

        @Option(names = FILE_OPTION)
        private @Nullable Path file;

        @Option(names = LOG_FORMAT_OPTION)
        private @Nullable String logFormat;

        @Parameters
        private List<String> others = new ArrayList<>();
    }

    /** {@return the environment variables} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return whether the command is the server, which runs until SIGTERM} */
    public boolean isServer() {
        return !early.others.isEmpty() && early.others.get(0).equals(WITH_FILE);
    }

    /**
     * {@return the format of log messages, those about invalid options included; text if the format itself is invalid}
     */
    public LogFormat logFormat() {
        String format = early.logFormat;
        if (format == null) {
            format = environment.get("IMAGEGATE_LOG_FORMAT");
        }
        if (format == null && file != null) {
            format = formatInFile(file);
        }
        return isServer() && LogFormat.json.name().equals(format) ? LogFormat.json : LogFormat.text;
    }

    private @Nullable String formatInFile(Path config) {
        try {
            return ConfigFile.value(text(config), LOG_FORMAT_OPTION.substring(2))
                    .orElse(null);
        } catch (CommandProblem reportedWhenOptionsAreRead) {
            return null;
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? of(option).map(Setting::value).orElse(null)
                : null;
    }

    /**
     * Looks in the environment, then in the file.
     *
     * @param option of any command
     * @return its value there
     */
    Optional<Setting> of(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return Optional.empty();
        }
        String variable = variable(option);
        String value = environment.get(variable);
        // Kubernetes sets IMAGEGATE_PORT to such an address if the namespace has a Service named imagegate.
        if (value != null && !UnknownVariable.isServiceLink(value)) {
            return Optional.of(new Setting(value, variable));
        }
        if (file == null || !option.command().name().equals(WITH_FILE)) {
            return Optional.empty();
        }
        String key = key(option);
        return Optional.ofNullable(config(option).get(key)).map(text -> new Setting(text, key + " in " + file));
    }

    private Map<String, String> config(OptionSpec option) {
        if (config == null) {
            try {
                Path source = Path.of(String.valueOf(file));
                config = ConfigFile.read(source, text(source), option.command());
            } catch (CommandProblem unusable) {
                CommandLine command = option.command().commandLine();
                throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
            }
        }
        return config.values();
    }

    /** Read once: the file may be a pipe. */
    private String text(Path source) {
        if (text == null) {
            text = ConfigFile.text(source);
        }
        return text;
    }

    static String variable(OptionSpec option) {
        return "IMAGEGATE_" + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The name of an option in a file. */
    static String key(OptionSpec option) {
        return option.longestName().substring(2);
    }
}
