package io.imagegate.cli.command;

import io.imagegate.cli.node.DrainedInput;
import io.imagegate.cli.node.NodeVerdict;
import io.imagegate.cli.node.PulledImage;
import io.imagegate.cli.node.VerdictDeadline;
import io.imagegate.cli.option.ArgumentProblem;
import io.imagegate.cli.option.ProblemHandler;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import io.imagegate.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Decides for containerd whether a node may pull an image. Every failure is a refusal. There is no option {@code --help}, which would
 * exit with 0: to containerd that is an allowance.
 */
@Command(
        name = VerifierCommand.NAME,
        description = {
            "Decides for containerd whether a node may pull an image, by the policies of a folder. containerd's image"
                    + " verifier plugin runs it for each pull. It prints the reason on one line of standard output; standard"
                    + " input is read and not used.",
            "Namespace, pod and container are not told: rules for some of them apply, exceptions for some do not."
        },
        footer = {"", "Exit status: 0 allowed, 1 denied, or no decision for any reason."})
final class VerifierCommand implements Callable<Integer> {

    static final String NAME = "verifier";
    private static final int REFUSED = 1;

    /** containerd ends the process after 10 s, and the reason with it. */
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    /** Shorter, so that the reason names what was not found in time. */
    private static final Duration FACT_LIMIT = Duration.ofSeconds(7);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration INPUT_LIMIT = Duration.ofMillis(200);
    private static final String REGISTRIES = "registries.yaml";
    private static final int SHOWN = 60;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder with the folder policies and, if they look at the content of images, the file "
                    + REGISTRIES + ".")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = {"-name", "--name"},
            paramLabel = "NAME",
            required = true,
            description = "Full name of the image, as containerd was given it.")
    private String name = "";

    @Option(
            names = {"-digest", "--digest"},
            paramLabel = "DIGEST",
            required = true,
            description = "Digest that containerd resolved. If the name has a digest, it is the same.")
    private String digest = "";

    @Option(
            names = {"-stdin-media-type", "--stdin-media-type"},
            paramLabel = "TYPE",
            description = "Media type of standard input; changes nothing.")
    void mediaType(String ignored) {}

    @Option(
            names = {"-operation", "--operation"},
            paramLabel = "OPERATION",
            description = "pull or run; changes nothing.")
    void operation(String ignored) {}

    private final long start = TimeSource.system().nanos();

    @Unmatched
    private List<String> others = new ArrayList<>();

    @Spec
    void initialize(CommandSpec own) {
        spec = own;
        // Arguments that cannot be read are a refusal like any other, so they are reported here.
        own.parser().collectErrors(true);
    }

    @Override
    public Integer call() {
        DrainedInput input = DrainedInput.start(System.in);
        NodeVerdict verdict = VerdictDeadline.within(left(DEADLINE), this::decide);
        input.await(INPUT_LIMIT);
        spec.commandLine().getOut().println(verdict.line());
        return verdict.allowed() ? 0 : REFUSED;
    }

    private NodeVerdict decide() {
        requireArguments();
        imagegate.installCryptography();
        PulledImage image = PulledImage.of(name, digest);
        try (LiveGate gate = open()) {
            return NodeVerdict.of(
                    image, gate.decideAsync(image.review(), left(FACT_LIMIT)).join());
        }
    }

    private Duration left(Duration limit) {
        Duration left = limit.minus(imagegate.age()).minus(TimeSource.system().since(start));
        return left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }

    private void requireArguments() {
        List<Exception> wrong = spec.commandLine().getParseResult().errors();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException((wrong.get(0) instanceof ParameterException known
                            ? ArgumentProblem.sentence(known)
                            : String.valueOf(wrong.get(0).getMessage()))
                    + " (see imagegate help " + NAME + ")");
        }
        requireFlags();
    }

    /**
     * Flags of a later containerd are accepted: a node that refused them could pull nothing after an upgrade, and what is not used
     * cannot allow more. As in Go, a flag has its value behind {@code =} or in the next argument.
     */
    private void requireFlags() {
        boolean takesValue = false;
        for (String other : others) {
            boolean flag = other.startsWith("-") && other.length() > 1;
            if (!flag && !takesValue) {
                throw new IllegalArgumentException("unexpected argument " + SafeText.quote(other, SHOWN));
            }
            if (flag) {
                ProblemHandler.report(spec.commandLine(), "ignored the flag " + SafeText.quote(other, SHOWN));
            }
            takesValue = flag && !other.contains("=");
        }
    }

    private LiveGate open() {
        Path registries = folder.resolve(REGISTRIES);
        LiveGateBuilder builder = LiveGate.builder()
                .policies(folder.resolve("policies").toString())
                .documents(new PolicyDocuments()
                        .withWarnings(warning ->
                                ProblemHandler.report(spec.commandLine(), ShownText.escape("warning: " + warning))))
                .withoutRegistries("this needs " + registries + ", the registries to ask")
                .once();
        // A link that leads nowhere is a mistake, not a folder without this file.
        if (!Files.notExists(registries, LinkOption.NOFOLLOW_LINKS)) {
            builder.registries(registries);
        }
        return builder.open();
    }
}
