package io.imagegate.server;

import io.imagegate.policy.PolicySet;
import io.imagegate.server.report.JsonReport;
import io.imagegate.server.report.Report;
import io.imagegate.server.report.SarifReport;
import io.imagegate.server.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges images and files without a server. */
@Command(
        name = "check",
        description = {
            "Judges images, Kubernetes manifests and recorded reviews.",
            "A file holds manifests (YAML or JSON, many documents, lists), reviews, or images, one a line; which of them"
                    + " is seen from its first line. To scan what already runs:",
            "  kubectl get pods,deployments -A -o json | imagegate check --policy FILE -"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {"", "Exit status: 0 everything is allowed, 1 something is denied, 2 unusable input."})
final class CheckCommand implements Callable<Integer> {

    /** How findings are written. */
    enum Output {
        text,
        json,
        sarif
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final PolicyOptions policyOptions = new PolicyOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "File to check; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|sarif",
            description = "How findings are written (default: ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Parameters(paramLabel = "IMAGE", description = "Images to check; - is standard input.")
    private List<String> images = List.of();

    @Override
    public Integer call() throws IOException {
        if (images.isEmpty() && files.isEmpty()) {
            throw new CommandProblem("expected an image or -f FILE; - is standard input");
        }
        PolicySet policies = policyOptions.load();
        Checker checker = new Checker(policies, policyOptions.namespace(), report(policies));
        List<String> problems = new ArrayList<>();
        for (String file : files) {
            checker.file(file, problems::add);
        }
        for (String image : images) {
            if (image.equals("-")) {
                checker.file(image, problems::add);
            } else {
                checker.image(image);
            }
        }
        checker.end();
        problems.forEach(problem -> Problems.tell(spec.commandLine(), problem));
        return problems.isEmpty() ? checker.denied() ? 1 : 0 : Problems.UNUSABLE;
    }

    private Report report(PolicySet policies) {
        PrintWriter out = spec.commandLine().getOut();
        return switch (output) {
            case text -> new TextReport(out, Ansi.AUTO);
            case json -> new JsonReport(out);
            case sarif -> new SarifReport(out, Main.Version.text(), policies);
        };
    }
}
