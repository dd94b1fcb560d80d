package io.imagegate.server;

import io.imagegate.server.log.Logs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "imagegate",
        description = "Decides which container images may run in a Kubernetes cluster.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            QuickstartCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            TestCommand.class,
            PolicyCommand.class,
            ParseCommand.class,
            CertsCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Exit status: 0 done, 1 the answer is no, 2 wrong arguments or unusable input, 70 an error in imagegate.",
            "Start with: java -jar imagegate.jar quickstart"
        })
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        Settings settings = new Settings(System.getenv(), arguments);
        PrintWriter out = writer(FileDescriptor.out);
        // A server must not wait for the reader of its standard error; the other commands lose none of their lines.
        PrintWriter logged = Logs.start(settings.logFormat());
        PrintWriter err = settings.areServers() ? logged : writer(FileDescriptor.err);
        int status = commandLine(settings).setOut(out).setErr(err).execute(arguments);
        out.flush();
        err.flush();
        Logs.flush();
        System.exit(status);
    }

    /** Must know the arguments before they are parsed: they may name a file with defaults. */
    static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        return commandLine(new Settings(environment, arguments));
    }

    private static CommandLine commandLine(Settings settings) {
        Problems problems = new Problems(settings);
        return new CommandLine(new Main())
                .setDefaultValueProvider(settings)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems)
                .setUsageHelpAutoWidth(true);
    }

    @Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
    void version() {
        spec.commandLine().printVersionHelp(spec.commandLine().getOut());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    /** Whatever the locale, what is printed is UTF-8: a denial may be Chinese, and JSON always is UTF-8. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Tells the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"imagegate " + text() + " (Java " + Runtime.version() + ")"};
        }

        static String text() {
            return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "from source");
        }
    }
}
