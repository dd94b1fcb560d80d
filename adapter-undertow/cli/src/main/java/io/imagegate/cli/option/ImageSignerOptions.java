package io.imagegate.cli.option;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say whose signatures of an image in a registry count: those of cosign, or of Notation. */
public final class ImageSignerOptions extends SignerOptions {

    @Option(
            names = "--notation-root",
            paramLabel = "FILE",
            description = "Root certificates of a Notation signer, in PEM. Can be repeated.")
    private List<Path> notationRoots = List.of();

    @Option(
            names = "--notation-identity",
            paramLabel = "NAME",
            description =
                    "What the subject of its certificate must have, such as \"C=DE, ST=BE, O=acme\": C, ST and O at"
                            + " least. Can be repeated: one of them.")
    private List<String> notationIdentities = List.of();

    @Override
    public SignerFiles optional() {
        SignerFiles files = super.optional();
        if (notationRoots.isEmpty() && notationIdentities.isEmpty()) {
            return files;
        }
        if (!files.isEmpty()) {
            throw new CommandProblem(
                    "expected either --notation-root or --key or --certificate-identity, got more than one");
        }
        if (notationRoots.isEmpty() || notationIdentities.isEmpty()) {
            throw new CommandProblem("expected --notation-root and --notation-identity together");
        }
        return new SignerFiles(null, null, null, null, notationRoots, notationIdentities);
    }

    @Override
    String expected() {
        return super.expected() + ", or --notation-root FILE and --notation-identity NAME";
    }
}
