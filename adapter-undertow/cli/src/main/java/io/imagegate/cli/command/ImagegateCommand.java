package io.imagegate.cli.command;

import io.imagegate.cli.crypto.Cryptography;
import io.imagegate.cli.node.FailClosed;
import io.imagegate.cli.node.ProcessAge;
import io.imagegate.cli.option.Amounts;
import io.imagegate.cli.option.OptionDefaults;
import io.imagegate.cli.option.PluginOptions;
import io.imagegate.cli.option.ProblemHandler;
import io.imagegate.cli.option.Texts;
import io.imagegate.cli.option.UnknownVariables;
import io.imagegate.server.log.Logs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code imagegate}: reads the arguments and runs one of its subcommands. */
@Command(
        name = "imagegate",
        description = "Decides which container images may run in a Kubernetes cluster.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 success, 1 denied or failed, 2 invalid arguments or unusable input, 70 an error in imagegate.",
            "Start with: java -jar imagegate.jar quickstart",
            "Try policies in a browser: java -jar imagegate.jar playground"
        })
public final class ImagegateCommand implements Callable<Integer> {

    /** All commands, in the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    /** Those that read policies or files, for which jars of users have rules or formats. */
    private static final Set<String> WITH_PLUGINS = Set.of("serve", "check", "explain", "pin", "test");

    /** Those that look at the others: at their help, or at the environment variables that set their options. */
    private static final Set<String> ABOUT_OTHERS = Set.of("help", "generate-completion", "generate-man-page", "serve");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final String version;
    private final Duration age;
    private final Map<String, String> environment;

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand.class);
        commands.put("quickstart", QuickstartCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("explain", ExplainCommand.class);
        commands.put("inspect", InspectCommand.class);
        commands.put("pin", PinCommand.class);
        commands.put("verify", VerifyCommand.class);
        commands.put("verify-bundle", VerifyBundleCommand.class);
        commands.put("test", TestCommand.class);
        commands.put(VerifierCommand.NAME, VerifierCommand.class);
        commands.put("playground", PlaygroundCommand.class);
        commands.put("policy", PolicyCommand.class);
        commands.put("parse", ParseCommand.class);
        commands.put("certs", CertsCommand.class);
        commands.put("review", ReviewCommand.class);
        commands.put("generate-completion", GenerateCompletionCommand.class);
        commands.put("generate-man-page", GenerateManPageCommand.class);
        commands.put("help", HelpCommand.class);
        commands.put("version", VersionCommand.class);
        return commands;
    }

    private ImagegateCommand(String version, Duration age, Map<String, String> environment) {
        this.version = version;
        this.age = age;
        this.environment = environment;
    }

    /**
     * Runs one command.
     *
     * @param version of this program
     * @param arguments of the command line
     * @return the exit status
     */
    public static int run(String version, String... arguments) {
        return isVerifier(arguments) ? FailClosed.run(() -> execute(version, arguments)) : execute(version, arguments);
    }

    private static boolean isVerifier(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(VerifierCommand.NAME);
    }

    private static int execute(String version, String... arguments) {
        OptionDefaults defaults = new OptionDefaults(System.getenv(), arguments);
        PrintWriter logged = Logs.start(defaults.logFormat());
        int status = execute(version, ProcessAge.now(), logged, defaults, arguments);
        Logs.flush();
        return status;
    }

    /** Runs one command once the log was started, in a process of some age. */
    static int execute(String version, Duration age, PrintWriter logged, OptionDefaults defaults, String... arguments) {
        PrintWriter out = writer(FileDescriptor.out);
        // A server must not wait for the reader of its standard error; the other commands lose none of their lines.
        PrintWriter err = defaults.isServer() ? logged : writer(FileDescriptor.err);
        CommandLine command =
                commandLine(version, age, defaults, arguments).setOut(out).setErr(err);
        if (defaults.isServer()) {
            System.Logger log = System.getLogger(ImagegateCommand.class.getName());
            UnknownVariables.warnings(System.getenv(), command)
                    .forEach(warning -> log.log(Level.WARNING, "{0}", warning));
        }
        // To the verifier a wrong choice is the reason of a refusal, like all else that is wrong.
        int status = ProblemHandler.UNUSABLE;
        if (isVerifier(arguments)) {
            status = command.execute(arguments);
        } else if (hasCryptography(command, defaults)) {
            status = executed(command, arguments);
        }
        out.flush();
        err.flush();
        return status;
    }

    private static int executed(CommandLine command, String... arguments) {
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError failed) {
            return ProblemHandler.tooLittleMemory(command, failed);
        }
    }

    /** Whatever the command is, so that a wrong value is found out before a signature is verified or a server starts. */
    private static boolean hasCryptography(CommandLine command, OptionDefaults defaults) {
        Optional<String> problem = Cryptography.problem(choice(defaults.environment()));
        problem.ifPresent(sentence -> ProblemHandler.report(command, sentence));
        return problem.isEmpty();
    }

    private static String choice(Map<String, String> environment) {
        return environment.getOrDefault(Cryptography.VARIABLE, Cryptography.AUTO);
    }

    /** Gets the arguments before they are parsed, because they may name a file with defaults. */
    static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        return commandLine("from source", Duration.ZERO, new OptionDefaults(environment, arguments), arguments);
    }

    private static CommandLine commandLine(String version, Duration age, OptionDefaults defaults, String... arguments) {
        ProblemHandler problems = new ProblemHandler(defaults);
        CommandLine command = new CommandLine(new ImagegateCommand(version, age, defaults.environment()));
        COMMANDS.forEach((name, type) -> {
            if (isNeeded(name, arguments)) {
                command.addSubcommand(name, command(name, type));
            }
        });
        command.setDefaultValueProvider(defaults)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems)
                .setExecutionStrategy(PluginOptions::run)
                .registerConverter(Integer.class, new Amounts.Whole())
                .registerConverter(int.class, new Amounts.Whole())
                .registerConverter(String.class, new Texts.NotEmpty())
                .registerConverter(Path.class, new Texts.NotEmptyPath())
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true);
        ImagegateCommand imagegate = (ImagegateCommand) command.getCommand();
        showVersion(command, () -> new String[] {
            "imagegate " + version + " (Java " + Runtime.version() + ")",
            "cryptography: " + imagegate.installCryptography().text()
        });
        return command;
    }

    private static CommandLine command(String name, Class<?> type) {
        CommandLine command = new CommandLine(type);
        return WITH_PLUGINS.contains(name) ? command.addMixin("plugins", new PluginOptions()) : command;
    }

    /** Building all commands takes most of the time of one that is short, so one that is named first is built alone. */
    private static boolean isNeeded(String name, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        return name.equals(first) || !COMMANDS.containsKey(first) || ABOUT_OTHERS.contains(first);
    }

    private static void showVersion(CommandLine command, IVersionProvider version) {
        command.getCommandSpec().versionProvider(version);
        command.getSubcommands().values().forEach(subcommand -> showVersion(subcommand, version));
    }

    /** {@return the version of this program, such as {@code 0.1.0}} */
    String version() {
        return version;
    }

    /** {@return how long the process had been running when this command line was made} */
    Duration age() {
        return age;
    }

    /** {@return the environment of this program} */
    Map<String, String> environment() {
        return environment;
    }

    /** Installs the cryptography that the environment asks for. Commands that verify signatures or speak TLS do it first. */
    Cryptography installCryptography() {
        return Cryptography.install(choice(environment));
    }

    /** Shows the help, on standard error: a script that lost the command must not go on. */
    @Override
    public Integer call() {
        ProblemHandler.report(spec.commandLine(), "expected a command");
        spec.commandLine().usage(spec.commandLine().getErr());
        return ProblemHandler.UNUSABLE;
    }

    /** Prints UTF-8 in every locale: a denial may be Chinese, and JSON is always UTF-8. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
