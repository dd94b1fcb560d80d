package io.imagegate.cli.command;

import io.imagegate.cli.check.Baseline;
import io.imagegate.cli.check.CheckedFiles;
import io.imagegate.cli.check.Checker;
import io.imagegate.cli.check.Exclusions;
import io.imagegate.cli.check.PinReport;
import io.imagegate.cli.check.Progress;
import io.imagegate.cli.check.UnreachedRegistries;
import io.imagegate.cli.check.report.CombinedReport;
import io.imagegate.cli.check.report.Report;
import io.imagegate.cli.check.report.Result;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.cli.cluster.ClusterObjects;
import io.imagegate.cli.cluster.OwnedObjects;
import io.imagegate.cli.option.BaselineOptions;
import io.imagegate.cli.option.ClusterOptions;
import io.imagegate.cli.option.CommandProblem;
import io.imagegate.cli.option.CompleteOptions;
import io.imagegate.cli.option.IgnoredKindOptions;
import io.imagegate.cli.option.InputOptions;
import io.imagegate.cli.option.PolicyOptions;
import io.imagegate.cli.option.ProblemHandler;
import io.imagegate.cli.option.RenderOptions;
import io.imagegate.cli.option.ReportOptions;
import io.imagegate.cli.option.ReportWriter;
import io.imagegate.cli.option.StrictOption;
import io.imagegate.cli.option.UnknownOption;
import io.imagegate.cli.option.WriteOptions;
import io.imagegate.cli.pin.RewrittenFiles;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.render.Rendering;
import io.imagegate.text.ShownText;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks images and files, without a server. */
@Command(
        name = "check",
        description = {
            "Checks images, Kubernetes manifests, recorded reviews, and files of other tools that name images.",
            "An argument is a path when it is no image reference, or begins with . or /, or ends with /, .yaml, .yml or"
                    + " .json. A file holds manifests (YAML or JSON, many documents, lists), reviews, or images, one a"
                    + " line. A folder is searched for files whose names are those of a format; what is not read there, such as"
                    + " Helm templates, other files, .git and node_modules, is counted. A kustomization is"
                    + " checked as what kubectl kustomize makes of it, with its bases and patches. To scan what already runs:",
            "  imagegate check --policy FILE --cluster",
            "  kubectl get pods,deployments -A -o json | imagegate check --policy FILE -"
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 everything is allowed, 1 something is denied, 2 unusable input, or no image was found; with"
                    + " --complete also 2 if something was not judged."
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Mixin
    private final PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private final StrictOption strict = new StrictOption();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "File or folder to check; - is standard input. Can be repeated.")
    private List<String> files = List.of();

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "Image to check, whatever its name. Can be repeated.")
    private List<String> images = List.of();

    @Mixin
    private final InputOptions inputs = new InputOptions();

    @Mixin
    private final IgnoredKindOptions ignoredKinds = new IgnoredKindOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description = "Files and folders to leave out of folders, besides .git and node_modules: a name such as"
                    + " *.tmp.yaml, or with a slash the path below the folder that is checked, such as charts/*/tests."
                    + " * matches any characters. Can be repeated.")
    private List<String> excluded = List.of();

    @Mixin
    private final CompleteOptions completeOptions = new CompleteOptions();

    @Mixin
    private final UnknownOption unknown = new UnknownOption();

    @Option(
            names = "--as-webhook",
            description =
                    "Judge the objects of files as a webhook does to which they are sent: deny every kind that it does not"
                            + " know, also without a field that may name an image, and what the values of a chart or a patch leave"
                            + " open. --cluster always does so.")
    private boolean asWebhook;

    @Mixin
    private final RenderOptions renderOptions = new RenderOptions();

    @Option(
            names = "--write",
            description = "If everything is allowed, write the names that images get by mutate of the policies into the"
                    + " files, as pin does.")
    private boolean write;

    @Mixin
    private final WriteOptions writeOptions = new WriteOptions();

    @Option(
            names = "--exit-zero",
            description = "Exit with 0 although something is denied, for a step that goes on with the report. Unusable"
                    + " input still ends with 2.")
    private boolean exitZero;

    @Option(names = "--allow-empty", description = "Exit with 0 when there is no image to check.")
    private boolean allowEmpty;

    @Mixin
    private final ReportOptions reportOptions = new ReportOptions();

    @Mixin
    private final BaselineOptions baselineOptions = new BaselineOptions();

    @Parameters(paramLabel = "IMAGE|PATH", description = "Images, files and folders to check; - is standard input.")
    private List<String> arguments = List.of();

    private Progress progress = Progress.none();

    @Override
    public Integer call() {
        boolean isGiven = !arguments.isEmpty() || !images.isEmpty() || !files.isEmpty();
        if (cluster.isCluster() && (isGiven || write)) {
            throw new CommandProblem(
                    "--cluster reads and changes no files: expected no image, file and --write beside it");
        }
        if (cluster.isCluster() && completeOptions.isGiven()) {
            throw new CommandProblem(
                    "--cluster reads no files, and --complete, --bases and --repository are about files that are read:"
                            + " expected none of them beside it");
        }
        if (cluster.isCluster() && unknown.isGiven()) {
            throw new CommandProblem("--cluster judges as the webhook does: expected no --unknown beside it");
        }
        if (asWebhook && unknown.isGiven()) {
            throw new CommandProblem("--as-webhook judges as the webhook does: expected no --unknown beside it");
        }
        if (renderOptions.isGiven() && (cluster.isCluster() || write)) {
            throw new CommandProblem(
                    "--render renders files and changes none: expected no --cluster and no --write beside it");
        }
        if (!cluster.isCluster() && !isGiven) {
            throw new CommandProblem("expected an image, a file or a folder; - is standard input");
        }
        Exclusions exclusions = exclusions();
        Optional<Baseline> baseline = baselineOptions.open(write);
        try (ReportWriter reports = reportOptions.open(imagegate.version(), inputs.isVerbose())) {
            baselineOptions.requireOtherThan(reports.files());
            int status = check(reports, exclusions.withWritten(reports.files()), baseline);
            Optional<String> problem = reports.commit();
            problem.ifPresent(this::note);
            if (problem.isPresent() || status == ProblemHandler.UNUSABLE) {
                return ProblemHandler.UNUSABLE;
            }
            return exitZero || baseline.map(baselineOptions::write).orElse(false) ? 0 : status;
        }
    }

    private int check(ReportWriter reports, Exclusions exclusions, Optional<Baseline> baseline) {
        if (policyOptions.hasRegistries() || cluster.isCluster()) {
            imagegate.installCryptography();
        }
        try (LiveGate opened = policyOptions.open(strict.applyTo(policyOptions.documents()));
                Progress shown = reportOptions.progress()) {
            progress = shown;
            PolicySet policies = opened.state().policies();
            requireWritable(policies);
            ImageGate gate = opened.gate().withPolicies(ignoredKinds.applyTo(policies));
            int status =
                    check(gate.withLenientLimit(Checker.FACT_LIMIT), reports.begin(policies), exclusions, baseline);
            opened.state()
                    .registries()
                    .flatMap(asked -> UnreachedRegistries.note(asked.hosts()))
                    .ifPresent(this::note);
            return status;
        } catch (CommandProblem mistakes) {
            // Programs that read reports find the problem there.
            reports.fail(String.valueOf(mistakes.getMessage()));
            reports.commit().ifPresent(this::note);
            throw mistakes;
        }
    }

    private void requireWritable(PolicySet policies) {
        if (!write && writeOptions.isDiff()) {
            throw new CommandProblem("--diff shows what --write would write: expected --write beside it");
        }
        if (write) {
            WriteOptions.requireMutation(policies);
            if (files.contains(CheckedFiles.STANDARD_INPUT) || arguments.contains(CheckedFiles.STANDARD_INPUT)) {
                throw new CommandProblem("--write cannot write standard input: use imagegate pin --policy FILE -");
            }
        }
    }

    private int check(ImageGate gate, Report<Result> report, Exclusions exclusions, Optional<Baseline> baseline) {
        List<String> problems = new ArrayList<>();
        RewrittenFiles rewritten = write ? new RewrittenFiles(problems::add, problems::add) : null;
        PinReport pins = new PinReport();
        Checker checker = new Checker(gate, policyOptions.namespace(), new CombinedReport(List.of(pins, report)));
        checker.progress(progress);
        completeOptions.applyTo(checker);
        checker.weakening(unknown.requirements());
        baseline.ifPresent(before -> checker.baseline(before, imagegate.version()));
        checker.listener((object, decision) -> {
            ignoredKinds.see(object);
            if (rewritten != null) {
                rewritten.replace(object, decision);
            }
        });
        CheckedFiles reader =
                new CheckedFiles(checker, gate.policies().workloads(), this::note, rewritten).excluding(exclusions);
        completeOptions.applyTo(reader);
        if (asWebhook) {
            reader.asWebhook();
        }
        int status = cluster.isCluster() ? checkCluster(checker, gate, report) : check(checker, reader);
        ignoredKinds.advice().forEach(line -> note(ShownText.escape(line)));
        return status == 0 && rewritten != null
                ? writeOptions.finish(rewritten, problems, pins.unpinned(), false)
                : status;
    }

    private int check(Checker checker, CheckedFiles reader) {
        List<String> names = Stream.concat(files.stream(), arguments.stream()).toList();
        if (renderOptions.isGiven()) {
            render(checker, reader, names);
        } else {
            read(checker, inputs.applyTo(reader), names);
        }
        return end(checker);
    }

    private void render(Checker checker, CheckedFiles reader, List<String> names) {
        try (Rendering rendering = renderOptions.open(names, imagegate.environment(), policyOptions.namespace())) {
            read(checker, inputs.applyTo(reader.rendering(rendering)), names);
            checker.rendered(rendering.notes());
        } catch (IOException left) {
            throw new CommandProblem("--render: the copy cannot be deleted: " + left.getMessage());
        }
    }

    private void read(Checker checker, CheckedFiles reader, List<String> names) {
        reader.announce(names);
        files.forEach(reader::read);
        images.forEach(checker::image);
        arguments.forEach(argument -> check(argument, reader, checker));
    }

    private int checkCluster(Checker checker, ImageGate gate, Report<Result> report) {
        if (!cluster.isOwned()) {
            checker.omitting(new OwnedObjects());
        }
        ClusterObjects objects = new ClusterObjects(
                cluster.access(imagegate.environment()),
                TimeSource.system(),
                gate.policies().workloads(),
                policyOptions.givenNamespace(),
                checker::problem);
        if (reportOptions.hasNamespaces()) {
            objects.readNamespaces(report::addNamespace);
        }
        objects.read(checker::object);
        return end(checker);
    }

    private int end(Checker checker) {
        Totals totals = checker.end(allowEmpty);
        totals.problems().forEach(problem -> ProblemHandler.report(spec.commandLine(), problem));
        return totals.problems().isEmpty() ? totals.denied() > 0 ? 1 : 0 : ProblemHandler.UNUSABLE;
    }

    private void note(String line) {
        progress.clear();
        ProblemHandler.report(spec.commandLine(), line);
    }

    private static void check(String argument, CheckedFiles reader, Checker checker) {
        try {
            if (CheckArgument.of(argument).isFile()) {
                reader.read(argument);
            } else {
                checker.image(argument);
            }
        } catch (CommandProblem unclear) {
            checker.problem(String.valueOf(unclear.getMessage()));
        }
    }

    private Exclusions exclusions() {
        return Exclusions.of(CompleteOptions.globs("--exclude", excluded));
    }
}
