package io.imagegate.cli.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Requirement;
import io.imagegate.policy.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Help.Ansi;

class RuleLinksTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.byDefault());

    private static String report(Grouping grouping, FileLinks links) {
        StringWriter out = new StringWriter();
        TextOptions text = new TextOptions(Ansi.OFF, links, grouping, false, false);
        Report<Result> report = TextReport.of(new ReportRun(new PrintWriter(out), false, text, "1", POLICIES));
        Violation violation = POLICIES.decideUnknownKind("Widget.example.com", "", "")
                .violations()
                .get(0);
        Subject subject = new Subject("", 0, "Widget w", "Widget.example.com", "default", "", "", true);
        report.add(new Result(subject, 0, 0, "", violation, Waiver.NONE));
        report.end(Totals.ofTests(1, 1));
        return out.toString();
    }

    @ParameterizedTest
    @EnumSource(Grouping.class)
    void theNameOfARuleLeadsToItsPageWhereTheTerminalHasLinks(Grouping grouping) {
        String page = Requirement.KNOWN_KIND.page().toString();
        assertThat(report(grouping, FileLinks.on("host")))
                .contains("\u001b]8;;" + page + "\u001b\\unknown-kind\u001b]8;;\u001b\\")
                .doesNotContain("See http");
        assertThat(report(grouping, FileLinks.none())).contains("See " + page).doesNotContain("\u001b");
    }
}
