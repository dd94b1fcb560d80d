package io.imagegate.server.check.report;

import io.imagegate.document.PolicyTestResult;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Results of policy tests, for people. */
public final class TestReport {

    private TestReport() {}

    /**
     * Writes results.
     *
     * @param out where they are written
     * @param ansi whether there are colours
     * @param results the results
     */
    public static void write(PrintWriter out, Ansi ansi, List<PolicyTestResult> results) {
        long failed = results.stream().filter(r -> !r.passed()).count();
        for (PolicyTestResult result : results) {
            String mark = result.passed() ? "@|green passed|@" : "@|bold,red FAILED|@";
            out.println(ansi.string(mark) + "  " + ShownText.escape(result.test() + ": " + result.testCase()));
            result.failures().forEach(failure -> out.println("        " + ShownText.escape(failure)));
        }
        out.println((results.size() - failed) + " passed, " + failed + " failed");
    }
}
