package io.imagegate.cli.command;

import io.imagegate.cli.option.SignerFiles;
import io.imagegate.cli.option.SignerOptions;
import io.imagegate.cli.verify.VerdictText;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.time.TimeSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Verifies a bundle of sigstore, without any network. */
@Command(
        name = "verify-bundle",
        description = {
            "Verifies a bundle of sigstore: a signature or attestation of a file, or of a digest. Needs no network.",
            "A keyless signature needs --trusted-root. With --key alone, log entries are not verified; with"
                    + " --trusted-root, they must verify."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 verified, 1 not verified, 2 unusable input."})
final class VerifyBundleCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            required = true,
            description = "The bundle, such as a.sigstore.json; version 0.1, 0.2 or 0.3, at most 32 MiB.")
    @SuppressWarnings("NullAway.Init")
    private Path bundle;

    @Mixin
    private SignerOptions signer = new SignerOptions();

    @Parameters(
            paramLabel = "FILE_OR_DIGEST",
            description = "What must have been signed: a digest such as sha256:HEX, or a file of at most 64 MiB.")
    @SuppressWarnings("NullAway.Init")
    private String artifact;

    @Override
    public Integer call() {
        imagegate.installCryptography();
        SignerFiles files = signer.required();
        Verdict verdict = Verifier.create()
                .verify(
                        SignerFiles.bundle(bundle),
                        SignerFiles.artifact(artifact),
                        files.signer(),
                        TimeSource.system().instant());
        spec.commandLine().getOut().println(VerdictText.line(artifact, verdict, files.hasLogs()));
        return verdict instanceof Verdict.Verified ? 0 : 1;
    }
}
