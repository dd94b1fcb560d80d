package io.imagegate.cli.option;

import io.imagegate.cli.check.CheckedFiles;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Options for the files that {@code check} and {@code pin} read. */
public final class InputOptions {

    private static final int SHOWN = 60;

    @Option(
            names = "--input",
            paramLabel = "FORMAT",
            converter = Unchecked.class,
            completionCandidates = Formats.class,
            description =
                    "Format of the files that are named, and of standard input; in folders only files of this format are"
                            + " read. One of ${COMPLETION-CANDIDATES} (default: what name and content tell).")
    private @Nullable String format;

    @Option(
            names = "--verbose",
            description =
                    "List what otherwise is counted: files of folders that are not read, with the reason, and findings of the baseline.")
    private boolean verbose;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The formats of plugins are known when the command runs. */
    static final class Unchecked implements ITypeConverter<String> {

        @Override
        public String convert(String name) {
            return name;
        }
    }

    /** The names of formats. */
    static final class Formats implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    private static Set<String> names() {
        try {
            return CheckedFiles.formats();
        } catch (ServiceConfigurationError broken) {
            throw new CommandProblem("an InputFactory cannot be loaded: " + broken.getMessage());
        }
    }

    /** {@return whether what otherwise is counted is listed} */
    public boolean isVerbose() {
        return verbose;
    }

    /** {@return a reader with these options} */
    public CheckedFiles applyTo(CheckedFiles reader) {
        CheckedFiles listing = verbose ? reader.listing() : reader;
        return format == null ? listing : listing.as(known(format));
    }

    private String known(String name) {
        Set<String> names = names();
        if (!names.contains(name)) {
            TypeConversionException why =
                    new TypeConversionException(Suggestion.oneOf(name, names) + ", got " + SafeText.quote(name, SHOWN));
            throw new ParameterException(spec.commandLine(), why.getMessage(), why, spec.findOption("--input"), name);
        }
        return name;
    }
}
