package io.imagegate.cli.check.report;

import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/**
 * Annotations of GitHub Actions: a workflow command for each finding that denies, warns or is audited, which GitHub shows beside
 * the line. Values cannot end their command or start another.
 */
final class GithubReport implements Report<Result> {

    private final PrintWriter out;

    /**
     * Begins a report.
     *
     * @param run where it is written
     */
    GithubReport(ReportRun run) {
        this.out = run.out();
    }

    @Override
    public void add(Result result) {
        String command = switch (result.outcome()) {
            case "denied" -> "error";
            case "warned" -> "warning";
            case "audited" -> "notice";
            default -> "";
        };
        if (!command.isEmpty()) {
            out.println("::" + command + " " + properties(result) + "::" + data(message(result)));
        }
    }

    private static String properties(Result result) {
        String file = result.subject().source().isEmpty()
                ? result.subject().file()
                : result.subject().source();
        boolean hasLine = result.subject().source().isEmpty() && result.line() > 0;
        return ShownText.join(
                ",",
                file.isEmpty() ? "" : "file=" + property(FileUri.path(file)),
                hasLine ? "line=" + result.line() : "",
                hasLine && result.column() > 0 ? "col=" + result.column() : "",
                "title=" + property("imagegate: " + result.violation().rule()));
    }

    private static String message(Result result) {
        String where = ShownText.join(", ", result.subject().object(), result.place());
        return (result.image().isEmpty() ? "" : result.image() + ": ")
                + result.explanation()
                + (where.isEmpty() ? "" : " (" + where + ")");
    }

    /** Of line ends only those of messages are left, and the runner reads them from their escapes. */
    private static String data(String text) {
        return text.lines()
                .map(ShownText::escape)
                .collect(Collectors.joining("\n"))
                .replace("%", "%25")
                .replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    @Override
    public void end(Totals totals) {
        totals.problems().forEach(problem -> out.println("::error title=imagegate::" + data(problem)));
        if (!totals.notJudged().isEmpty()) {
            out.println("::warning title=imagegate::" + data(Summary.notJudged(totals)));
        }
        out.println(Summary.verdict(totals) + ": " + Summary.numbers(totals));
    }
}
