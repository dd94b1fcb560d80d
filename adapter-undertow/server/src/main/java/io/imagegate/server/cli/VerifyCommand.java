package io.imagegate.server.cli;

import io.imagegate.server.cli.option.ImageArgument;
import io.imagegate.server.cli.option.RegistriesOption;
import io.imagegate.server.cli.option.RegistryLookup;
import io.imagegate.server.cli.option.SignerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies that an image in a registry is signed. */
@Command(
        name = "verify",
        description = {
            "Verifies that an image in a registry is signed: by a key, or by a keyless identity. An attestation is no"
                    + " signature.",
            "A keyless signature needs --trusted-root. With --key alone, log entries are not verified; with"
                    + " --trusted-root, they must verify.",
            "Without --registries only the registry of the image is contacted, over HTTPS and without credentials."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 verified, 1 not verified or no usable answer of the registry, 2 unusable input."})
final class VerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final RegistriesOption registries = new RegistriesOption();

    @Mixin
    private SignerOptions signer = new SignerOptions();

    @Parameters(paramLabel = "IMAGE", description = "Image reference.")
    @SuppressWarnings("NullAway.Init")
    private String image;

    @Override
    public Integer call() {
        return RegistryLookup.verify(
                registries.file(),
                ImageArgument.parse(image),
                signer.required(),
                spec.commandLine().getOut());
    }
}
