package io.imagegate.server;

import io.imagegate.server.tls.TlsProblem;
import java.lang.System.Logger.Level;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people in one line what was wrong: no usage text that scrolls it away, no stack trace. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Exit status for arguments, files or input that cannot be used. */
    static final int UNUSABLE = 2;

    /** Exit status for an error in Imagegate itself; apart from 0, 1 and 2, which mean something. */
    static final int INTERNAL_ERROR = 70;

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        tell(command, firstLine(String.valueOf(wrong.getMessage())) + suggestion(wrong) + " (see " + name + " --help)");
        return UNUSABLE;
    }

    @Override
    public int handleExecutionException(Exception failed, CommandLine command, ParseResult arguments) {
        if (failed instanceof CommandProblem || failed instanceof TlsProblem) {
            tell(command, String.valueOf(failed.getMessage()));
            return UNUSABLE;
        }
        tell(command, "this is an error in imagegate: " + failed);
        LOG.log(Level.DEBUG, "internal error", failed);
        return INTERNAL_ERROR;
    }

    /** Writes one line a problem to standard error. */
    static void tell(CommandLine command, String message) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
        command.getErr().flush();
    }

    private static String suggestion(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> meant = unmatched.getSuggestions();
        return meant.isEmpty() ? "" : ", did you mean " + meant.get(0) + "?";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
