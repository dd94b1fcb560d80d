package io.imagegate.server;

import java.nio.file.Path;
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

/**
 * What options are when they are not on the command line: each is an environment variable too, {@code --tls-cert} is
 * {@code IMAGEGATE_TLS_CERT}, and those of {@code serve} may stand in a file.
 */
final class Settings implements IDefaultValueProvider {

    private static final String FILE_OPTION = "--config";
    private static final String WITH_FILE = "serve";

    /** A value, and where it was found. */
    record Setting(String value, String source) {}

    private final Map<String, String> environment;
    private final @Nullable Path file;
    private @Nullable ConfigFile config;

    Settings(Map<String, String> environment, String... arguments) {
        this.environment = environment;
        this.file = file(environment, arguments);
    }

    /** The file must be known before the arguments are parsed, for defaults come first. */
    private static @Nullable Path file(Map<String, String> environment, String... arguments) {
        FileArgument argument = new FileArgument();
        try {
            new CommandLine(argument).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
        } catch (ParameterException toldWhenAllIsParsed) {
            return null;
        }
        String named = environment.get("IMAGEGATE_CONFIG");
        if (argument.file == null && named != null) {
            return Path.of(named);
        }
        return argument.file;
    }

    /** The one option of interest, among others. */
    @Command
    private static final class FileArgument {

        @Option(names = FILE_OPTION)
        private @Nullable Path file;
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
     * @return what it is set to there
     */
    Optional<Setting> of(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return Optional.empty();
        }
        String variable = variable(option);
        String value = environment.get(variable);
        if (value != null && !isServiceLink(value)) {
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
                config = ConfigFile.read(Path.of(String.valueOf(file)), option.command());
            } catch (CommandProblem unusable) {
                CommandLine command = option.command().commandLine();
                throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
            }
        }
        return config.values();
    }

    static String variable(OptionSpec option) {
        return "IMAGEGATE_" + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The name of an option in a file. */
    static String key(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** In the pods beside a Service named imagegate, Kubernetes itself sets IMAGEGATE_PORT to such an address. */
    private static boolean isServiceLink(String value) {
        return value.startsWith("tcp://") || value.startsWith("udp://") || value.startsWith("sctp://");
    }
}
