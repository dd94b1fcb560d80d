package io.imagegate.cli.option;

import io.imagegate.cli.option.OptionDefaults.Setting;
import io.imagegate.follow.RegularFile;
import io.imagegate.server.serve.StartProblem;
import io.imagegate.server.tls.TlsProblem;
import java.lang.System.Logger.Level;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reports an error in one line, without usage text and stack trace. */
public final class ProblemHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Exit status for arguments, files or input that cannot be used. */
    public static final int UNUSABLE = 2;

    /** Exit status for an error in Imagegate itself. */
    static final int INTERNAL_ERROR = 70;

    private static final System.Logger LOG = System.getLogger(ProblemHandler.class.getName());

    private final OptionDefaults defaults;

    /**
     * Creates a handler.
     *
     * @param defaults sources of values that are not on the command line
     */
    public ProblemHandler(OptionDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String advice = ArgumentProblem.lacks(wrong, "--tls-cert", "--tls-key")
                ? "imagegate certs, which makes certificates and keys, and "
                : "";
        report(command, source(wrong) + ArgumentProblem.sentence(wrong) + " (see " + advice + name + " --help)");
        return UNUSABLE;
    }

    @Override
    public int handleExecutionException(Exception failed, CommandLine command, ParseResult arguments) {
        if (failed instanceof CommandProblem || failed instanceof StartProblem || failed instanceof TlsProblem) {
            String message = String.valueOf(failed.getMessage());
            String advice = failed.getCause() instanceof TlsProblem
                            && isServer(command)
                            && message.endsWith(RegularFile.MISSING)
                    ? "; imagegate certs makes certificates and keys"
                    : "";
            report(command, message + source(command, message) + advice);
            return UNUSABLE;
        }
        report(command, "this is an error in imagegate: " + failed);
        LOG.log(Level.DEBUG, "internal error", failed);
        return INTERNAL_ERROR;
    }

    /** Reports that a command ended because the JVM had too little memory, as its options set it, for what the command read. */
    public static int tooLittleMemory(CommandLine command, VirtualMachineError failed) {
        String option = failed instanceof StackOverflowError ? "-Xss" : "-Xmx";
        report(
                command,
                "the JVM has too little memory for this (" + failed + "): JAVA_TOOL_OPTIONS may give it more by "
                        + option);
        return UNUSABLE;
    }

    private static boolean isServer(CommandLine command) {
        return command.getCommandName().equals(OptionDefaults.WITH_FILE);
    }

    /** Writes one line to standard error. */
    public static void report(CommandLine command, String message) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
        command.getErr().flush();
    }

    /** The source of a value that its option cannot convert. */
    private String source(ParameterException wrong) {
        return wrong.getArgSpec() instanceof OptionSpec option
                ? defaults.of(option)
                        .filter(setting -> setting.value().equals(wrong.getValue()))
                        .map(setting -> setting.source() + ": ")
                        .orElse("")
                : "";
    }

    /**
     * The source of a value that turned out to be wrong later. The message begins with the value, or with the option
     * and the value.
     */
    private String source(CommandLine command, String message) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            Optional<Setting> setting = defaults.of(option).filter(found -> isAbout(message, option, found.value()));
            if (setting.isPresent() && !command.getParseResult().hasMatchedOption(option)) {
                return " (" + setting.get().source() + ")";
            }
        }
        return "";
    }

    private static boolean isAbout(String message, OptionSpec option, String value) {
        return message.startsWith(value + ": ") || message.startsWith(option.longestName() + " " + value + ": ");
    }
}
