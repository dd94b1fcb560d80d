package io.imagegate.cli.check.report;

import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Results of policy tests in JUnit's XML, which CI servers read: a suite for each test, a case for each case. */
final class JunitTestReport implements Report<PolicyTestResult> {

    private final PrintWriter out;
    private final Map<String, List<PolicyTestResult>> suites = new LinkedHashMap<>();

    JunitTestReport(PrintWriter out, Ansi ansi) {
        this.out = out;
    }

    /** Keeps a result: the start of its suite has the numbers of all. */
    @Override
    public void add(PolicyTestResult result) {
        suites.computeIfAbsent(result.test(), test -> new ArrayList<>()).add(result);
    }

    @Override
    public void end(Totals totals) {
        JunitXml xml = new JunitXml(out);
        suites.forEach((name, results) -> {
            xml.begin("testsuite");
            xml.attribute("name", name);
            xml.attribute("tests", results.size());
            xml.attribute("failures", results.stream().filter(r -> !r.passed()).count());
            results.forEach(result -> testCase(xml, result));
            xml.end();
        });
        xml.finish();
    }

    private static void testCase(JunitXml xml, PolicyTestResult result) {
        xml.begin("testcase");
        xml.attribute("classname", result.test());
        xml.attribute("name", result.testCase());
        if (!result.passed()) {
            xml.begin("failure");
            xml.attribute("message", result.failures().get(0));
            xml.text(result.failures().stream().map(ShownText::escape).collect(Collectors.joining("\n")));
            xml.end();
        }
        xml.end();
    }
}
