package io.imagegate.cli.command;

import io.imagegate.cli.option.ImageArgument;
import io.imagegate.cli.option.ImageSignerOptions;
import io.imagegate.cli.option.RegistriesOption;
import io.imagegate.cli.option.RegistryAccess;
import io.imagegate.cli.option.RegistryLookup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Verifies that an image in a registry is signed. */
@Command(
        name = "verify",
        description = {
            "Verifies that an image in a registry is signed: by a key, by a keyless identity, or with a certificate of"
                    + " Notation. An attestation is no signature.",
            "A keyless signature needs --trusted-root. With --key alone, log entries are not verified; with"
                    + " --trusted-root, they must verify.",
            "Without --registries only the registry of the image is contacted, over HTTPS, or plain HTTP at localhost and"
                    + " loopback addresses that do not speak it, with the credentials of ~/.docker/config.json, or of"
                    + " DOCKER_CONFIG; helpers that it names run only with --credential-helpers."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 verified, 1 not verified or no usable answer of the registry, 2 unusable input."})
final class VerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Mixin
    private final RegistriesOption registries = new RegistriesOption();

    @Mixin
    private ImageSignerOptions signer = new ImageSignerOptions();

    @Parameters(paramLabel = "IMAGE", description = "Image reference.")
    @SuppressWarnings("NullAway.Init")
    private String image;

    @Override
    public Integer call() {
        imagegate.installCryptography();
        RegistryAccess access = registries.access(imagegate.environment());
        int status = RegistryLookup.verify(
                access,
                ImageArgument.parse(image),
                signer.required(),
                spec.commandLine().getOut());
        return registries.advised(status, access);
    }
}
