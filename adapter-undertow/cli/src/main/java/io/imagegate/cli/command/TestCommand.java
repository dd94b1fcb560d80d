package io.imagegate.cli.command;

import io.imagegate.cli.check.report.Report;
import io.imagegate.cli.check.report.ReportFormat;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.cli.option.CommandProblem;
import io.imagegate.cli.option.PolicyOptions;
import io.imagegate.cli.option.RegistryLookup;
import io.imagegate.cli.option.ReportFormats;
import io.imagegate.cli.option.StrictOption;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.reference.GlobSet;
import io.imagegate.text.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs policy tests. */
@Command(
        name = "test",
        description =
                "Runs policy tests: files with documents of kind ImagePolicyTest, or folders of such files. In a"
                        + " folder, *.yaml, *.yml and *.json are read; folders in it, and files of other programs, are skipped.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 all cases passed, 1 at least one failed, 2 unusable input."})
final class TestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|junit",
            converter = ReportFormats.OfTest.class,
            description = "How results are written (default: ${DEFAULT-VALUE}).")
    private ReportFormat output = ReportFormat.text;

    @Option(
            names = "--case",
            paramLabel = "GLOB",
            description = "Run only the cases that this matches, written TEST: CASE, such as \"production: *\". Can be"
                    + " repeated.")
    private List<String> cases = List.of();

    @Mixin
    private final StrictOption strict = new StrictOption();

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Policy tests: files, folders, or builtin:NAME for those of a built-in policy.")
    private List<String> files = List.of();

    @Override
    public Integer call() {
        List<PolicyTestResult> results = run();
        Report<PolicyTestResult> report =
                output.beginTest(spec.commandLine().getOut(), Ansi.AUTO).orElseThrow();
        results.forEach(report::add);
        long failed = results.stream().filter(result -> !result.passed()).count();
        report.end(Totals.ofTests(results.size(), failed));
        return failed == 0 ? 0 : 1;
    }

    private List<PolicyTestResult> run() {
        PolicyDocuments warning = PolicyOptions.warning(PolicyOptions.complete(), spec);
        PolicyTests tests = new PolicyTests(strict.applyTo(warning)).withLayouts(folder -> {
            imagegate.installCryptography();
            return RegistryLookup.layout(folder);
        });
        List<PolicyTestResult> results = new ArrayList<>();
        try {
            for (String file : files) {
                results.addAll(tests.run(file));
            }
        } catch (PolicyDocumentException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
        return cases.isEmpty() ? results : chosen(results);
    }

    private List<PolicyTestResult> chosen(List<PolicyTestResult> results) {
        GlobSet globs = GlobSet.of(cases);
        List<PolicyTestResult> chosen =
                results.stream().filter(result -> globs.matches(name(result))).toList();
        if (chosen.isEmpty()) {
            throw new CommandProblem(ShownText.escape("--case " + String.join(", ", cases) + ": no case of "
                    + results.size() + " matches, expected a glob of TEST: CASE, such as " + name(results.get(0))));
        }
        return chosen;
    }

    private static String name(PolicyTestResult result) {
        return result.test() + ": " + result.testCase();
    }
}
