package io.imagegate.cli.command;

import io.imagegate.cli.check.CheckedFiles;
import io.imagegate.cli.check.Checker;
import io.imagegate.cli.check.PinReport;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.cli.option.InputOptions;
import io.imagegate.cli.option.PolicyOptions;
import io.imagegate.cli.option.ProblemHandler;
import io.imagegate.cli.option.RegistriesOption;
import io.imagegate.cli.option.RegistryAccess;
import io.imagegate.cli.option.RegistryLookup;
import io.imagegate.cli.option.WriteOptions;
import io.imagegate.cli.pin.RewrittenFiles;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Finding;
import io.imagegate.text.ShownText;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the digests of images into files that name images. */
@Command(
        name = "pin",
        description = {
            "Writes the digest of each image into Kubernetes manifests and files of other tools, as NAME:TAG@DIGEST."
                    + " Comments, quotes and layout stay. Images that have a digest stay, too.",
            "A folder is searched for files whose names are those of a format; symbolic links are skipped. In a kustomization the digest is"
                    + " written to newTag, where images give the tag. With - the new"
                    + " text of standard input is printed. If an image has no digest, nothing is written.",
            "Without --registries only the registries of the images are contacted, over HTTPS, or plain HTTP at localhost"
                    + " and loopback addresses that do not speak it, with the credentials of ~/.docker/config.json, or of"
                    + " DOCKER_CONFIG; helpers that it names run only with --credential-helpers."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 every image has its digest now, 2 unusable input, or an image whose digest is not found."
        })
final class PinCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "FILE",
            description =
                    "Policy file or folder of policy files, one with mutate: images are rewritten and pinned as it"
                            + " says. Its rules are not applied. Can be repeated.")
    private List<String> policies = List.of();

    @Mixin
    private final RegistriesOption registries = new RegistriesOption();

    @Option(
            names = "--partial",
            description =
                    "Write the images whose digests are found, although others' are not, or others cannot be replaced"
                            + " where they are, as in golang:$TAG.")
    private boolean partial;

    @Mixin
    private final InputOptions inputs = new InputOptions();

    @Mixin
    private final WriteOptions write = new WriteOptions();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders; - is standard input.")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        Policy policy = policy();
        imagegate.installCryptography();
        RegistryAccess access = registries.access(imagegate.environment());
        return registries.advised(RegistryLookup.runOwn(access, PolicySet.of(policy), this::pin), access);
    }

    private Policy policy() {
        PolicyBuilder policy = Policy.builder("pin").rule("every-image", candidate -> Finding.satisfied());
        if (policies.isEmpty()) {
            return policy.mutation(Mutation.pinning(PatternSet.of("**"))).build();
        }
        PolicySet given = PolicyOptions.load(policies);
        given.policies().stream()
                .flatMap(each -> each.workloads().stream())
                .distinct()
                .forEach(policy::workload);
        // Images of kinds that the policies ignore are not replaced by check --write either.
        Workloads.wellKnown().all().stream()
                .map(Workload::kind)
                .filter(kind -> given.workloads().find(kind).isEmpty())
                .forEach(policy::ignoreKind);
        return policy.mutation(WriteOptions.requireMutation(given)).build();
    }

    private int pin(ImageGate gate) {
        List<String> problems = new ArrayList<>();
        List<String> left = new ArrayList<>();
        RewrittenFiles files = new RewrittenFiles(problems::add, line -> left.add(ShownText.escape(line)));
        PinReport report = new PinReport();
        // The namespace is of no effect: a mutation has no scope.
        Checker checker = new Checker(gate, "default", report).listener(files::replace);
        CheckedFiles reader =
                inputs.applyTo(new CheckedFiles(checker, gate.policies().workloads(), this::note, files).replacing());
        reader.announce(paths);
        paths.forEach(reader::read);
        Totals totals = checker.end(true);
        problems.addAll(totals.problems());
        problems.addAll(report.invalid());
        if (totals.images() == 0 && problems.isEmpty()) {
            problems.add("no image found, expected at least one");
        }
        report.unknown().forEach(line -> note(line + ": left as it is"));
        left.addAll(0, report.unpinned());
        return write.finish(files, problems, left, partial);
    }

    private void note(String line) {
        ProblemHandler.report(spec.commandLine(), line);
    }
}
