package io.imagegate.cli.check.report;

import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Results of policy tests, for people. */
final class TextTestReport implements Report<PolicyTestResult> {

    private final PrintWriter out;
    private final Ansi ansi;

    TextTestReport(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    @Override
    public void add(PolicyTestResult result) {
        String mark = result.passed() ? "@|green passed|@" : "@|bold,red FAILED|@";
        out.println(ansi.string(mark) + "  " + ShownText.escape(result.test() + ": " + result.testCase()));
        result.failures().forEach(failure -> out.println("        " + ShownText.escape(failure)));
    }

    @Override
    public void end(Totals totals) {
        out.println((totals.subjects() - totals.denied()) + " passed, " + totals.denied() + " failed");
    }
}
