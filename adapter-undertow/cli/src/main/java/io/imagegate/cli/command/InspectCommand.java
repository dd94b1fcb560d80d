package io.imagegate.cli.command;

import io.imagegate.cli.inspect.Inspection;
import io.imagegate.cli.inspect.InspectionJson;
import io.imagegate.cli.inspect.InspectionText;
import io.imagegate.cli.option.CommandProblem;
import io.imagegate.cli.option.ImageArgument;
import io.imagegate.cli.option.ProblemHandler;
import io.imagegate.cli.option.RegistriesOption;
import io.imagegate.cli.option.RegistryAccess;
import io.imagegate.cli.option.RegistryLookup;
import io.imagegate.cli.option.SignerOptions;
import io.imagegate.text.ShownText;
import io.imagegate.time.TimeSource;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a registry has under the name of an image. */
@Command(
        name = "inspect",
        description = {
            "Shows what a registry has under the name of an image: digest, media type, platforms, age, size, labels and"
                    + " annotations, signatures and attestations.",
            "Signatures are verified if --key or --certificate-identity says whose count. What is not verified is shown as"
                    + " it says of itself, which anybody who may write to the repository can choose.",
            "Without --registries only the registry of the image is contacted, over HTTPS, or plain HTTP at localhost and"
                    + " loopback addresses that do not speak it, with the credentials of ~/.docker/config.json, or of"
                    + " DOCKER_CONFIG; helpers that it names run only with --credential-helpers."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 the image was found, 1 it does not exist or its registry gives no usable answer, 2 unusable"
                    + " input."
        })
final class InspectCommand implements Callable<Integer> {

    /** Formats of the output. */
    enum Output {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Mixin
    private final RegistriesOption registries = new RegistriesOption();

    @Option(
            names = "--digests",
            description = "Print only the digests of the manifest and of what it lists, one a line, as a file for the"
                    + " condition denyDigests.")
    private boolean digests;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            description = "Format of the output (default: ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Mixin
    private SignerOptions signer = new SignerOptions();

    @Parameters(paramLabel = "IMAGE", description = "Image reference.")
    @SuppressWarnings("NullAway.Init")
    private String image;

    @Override
    public Integer call() {
        if (digests && output != Output.text) {
            throw new CommandProblem("--digests prints text, expected no -o " + output + " beside it");
        }
        imagegate.installCryptography();
        RegistryAccess access = registries.access(imagegate.environment());
        Inspection found = digests
                ? RegistryLookup.inspect(access, ImageArgument.parse(image))
                : RegistryLookup.inspect(access, ImageArgument.parse(image), signer.optional());
        write(spec.commandLine().getOut(), found);
        found.problem()
                .ifPresent(problem -> ProblemHandler.report(
                        spec.commandLine(), ShownText.escape(found.image().canonical() + ": " + problem)));
        return registries.advised(found.problem().isPresent() ? 1 : 0, access);
    }

    private void write(PrintWriter out, Inspection found) {
        if (output == Output.json) {
            InspectionJson.write(out, found);
        } else if (digests) {
            new InspectionText(out, TimeSource.system().instant()).writeDigests(found);
        } else {
            new InspectionText(out, TimeSource.system().instant()).write(found);
        }
    }
}
