package io.imagegate.cli.option;

import io.imagegate.document.PolicyDocuments;
import picocli.CommandLine.Option;

/** The option {@code --strict}, for commands that try policies before they are used. */
public final class StrictOption {

    @Option(
            names = "--strict",
            description =
                    "Refuse policies with probable mistakes, of which loading otherwise warns, if their text alone shows"
                            + " them: such as a network as a pattern, or a regular expression as a glob.")
    private boolean strict;

    /** {@return whether the option is set} */
    public boolean isStrict() {
        return strict;
    }

    /** {@return a reader that is strict if the option is set} */
    public PolicyDocuments applyTo(PolicyDocuments documents) {
        return strict ? documents.strict() : documents;
    }
}
