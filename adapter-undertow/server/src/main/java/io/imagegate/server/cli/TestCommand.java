package io.imagegate.server.cli;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.PolicyTestResult;
import io.imagegate.server.check.report.JunitReport;
import io.imagegate.server.check.report.TestReport;
import io.imagegate.server.cli.option.CommandProblem;
import io.imagegate.server.cli.option.PolicyOptions;
import io.imagegate.server.cli.option.RegistryLookup;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs policy tests. */
@Command(
        name = "test",
        description = "Runs policy tests: files of kind ImagePolicyTest, or folders of them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 all cases passed, 1 at least one failed, 2 unusable input."})
final class TestCommand implements Callable<Integer> {

    /** How results are written. */
    enum Output {
        text,
        junit
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|junit",
            description = "How results are written (default: ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Policy tests.")
    private List<String> files = List.of();

    @Override
    public Integer call() throws IOException {
        List<PolicyTestResult> results = run();
        PrintWriter out = spec.commandLine().getOut();
        if (output == Output.junit) {
            JunitReport.write(out, results);
        } else {
            TestReport.write(out, Ansi.AUTO, results);
        }
        return results.stream().allMatch(PolicyTestResult::passed) ? 0 : 1;
    }

    private List<PolicyTestResult> run() {
        PolicyDocuments documents = PolicyOptions.complete().withLayouts(folder -> RegistryLookup.layout(folder));
        List<PolicyTestResult> results = new ArrayList<>();
        try {
            for (String file : files) {
                results.addAll(documents.runTests(file));
            }
        } catch (PolicyDocumentException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
        return results;
    }
}
