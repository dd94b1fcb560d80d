package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commands that print what packages have of each command. */
class GenerateCommandsTest extends CommandTest {

    @Test
    @DisplayName(
            "a manual page has the options, the examples and the exit statuses of the help, in the language of man")
    void manualPage() {
        assertThat(run("generate-man-page", "check")).isZero();
        assertThat(out.toString())
                .startsWith(".TH \"IMAGEGATE\\-CHECK\" 1 ")
                .contains("\n.SH \"NAME\"\nimagegate\\-check \\- Checks images")
                .contains("\n.TP\n\\fB\\-p, \\-\\-policy=FILE\\fR\nPolicy file")
                .contains("\n.nf\n  imagegate check \\-\\-policy FILE \\-\\-cluster\n")
                .contains("\n.SH \"EXIT STATUS\"\n.PP\n0 everything is allowed, 1 something is denied")
                .doesNotContain("${");
        assertThat(out.toString().lines()).noneMatch(line -> line.startsWith("'"));
    }

    @Test
    @DisplayName("each command has a manual page, and no other")
    void allPages() {
        assertThat(run("generate-man-page", "--list")).isZero();
        for (String name : out.toString().lines().toList()) {
            assertThat(run("generate-man-page", name)).as(name).isZero();
            assertThat(out.toString()).contains("imagegate\\-" + name.replace("-", "\\-") + " \\- ");
        }
        assertThat(run("generate-man-page")).isZero();
        assertThat(out.toString()).contains(".SH \"COMMANDS\"\n.TP\n\\fBserve\\fR\n");
        assertThat(run("generate-man-page", "policy", "show")).isZero();
        assertThat(run("generate-man-page", "chek")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate generate-man-page: expected a command of imagegate: serve, quickstart, check");
    }

    @Test
    @DisplayName("the completion knows commands, options and the names of built-in policies")
    void completion() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString())
                .contains("verify-bundle", "'--write-baseline'", "complete -F _imagegate_words imagegate")
                .contains("\"text\" \"json\" \"sarif\"", "chart-default=warn")
                .contains("local builtins=\"fixed-tags no-local-registry baseline");
    }
}
