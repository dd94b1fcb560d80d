package io.imagegate.cli.check.report;

import io.imagegate.policytest.PolicyTestResult;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The formats of reports. A new format is a class and a line here; then the commands that it is for have it. */
@SuppressWarnings("ImmutableEnumChecker") // Constructors are immutable.
public enum ReportFormat {
    /** Text for people. */
    text(TextReport::of, TextTestReport::new),
    /** JSON for programs. */
    json(JsonReport::new, null),
    /** SARIF 2.1.0 for code hosts. */
    sarif(SarifReport::new, null),
    /** JUnit's XML for CI servers. */
    junit(JunitReport::new, JunitTestReport::new),
    /** Annotations of GitHub Actions. */
    github(GithubReport::new, null),
    /** GitHub Flavored Markdown for summaries and comments. */
    markdown(MarkdownReport::new, null),
    /** Objects of {@code wgpolicyk8s.io/v1alpha2} for clusters. */
    policyreport(PolicyReport::ofWorkingGroup, null),
    /** Objects of {@code openreports.io/v1alpha1} for clusters. */
    openreports(PolicyReport::ofOpenReports, null);

    private final @Nullable Function<ReportRun, Report<Result>> check;
    private final @Nullable BiFunction<PrintWriter, Ansi, Report<PolicyTestResult>> test;

    ReportFormat(
            @Nullable Function<ReportRun, Report<Result>> check,
            @Nullable BiFunction<PrintWriter, Ansi, Report<PolicyTestResult>> test) {
        this.check = check;
        this.test = test;
    }

    /** {@return whether reports have a part for each namespace, even if nothing is in it} */
    public boolean hasNamespaces() {
        return this == policyreport || this == openreports;
    }

    /** {@return the formats in which {@code check} reports} */
    public static List<ReportFormat> ofCheck() {
        return Arrays.stream(values()).filter(format -> format.check != null).toList();
    }

    /** {@return the formats in which {@code test} reports} */
    public static List<ReportFormat> ofTest() {
        return Arrays.stream(values()).filter(format -> format.test != null).toList();
    }

    /**
     * Begins a report of {@code check}.
     *
     * @param run what it is about
     * @return the report; empty if this format has none
     */
    public Optional<Report<Result>> beginCheck(ReportRun run) {
        return Optional.ofNullable(check).map(format -> format.apply(run));
    }

    /**
     * Begins a report of {@code test}.
     *
     * @param out where it is written
     * @param ansi whether there are colours
     * @return the report; empty if this format has none
     */
    public Optional<Report<PolicyTestResult>> beginTest(PrintWriter out, Ansi ansi) {
        return Optional.ofNullable(test).map(format -> format.apply(out, ansi));
    }
}
