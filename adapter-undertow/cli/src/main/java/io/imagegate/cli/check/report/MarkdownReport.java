package io.imagegate.cli.check.report;

import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * GitHub Flavored Markdown for summaries of jobs and comments: the verdict, and a table of the findings. Texts of files and
 * messages cannot become markup, links or mentions. It is shorter than a job summary of GitHub may be, 1 MiB.
 */
final class MarkdownReport implements Report<Result> {

    private static final int LONGEST = 900_000;
    private static final int LONGEST_CELL = 500;
    private static final int SHOWN_LINES = 50;

    private final PrintWriter out;
    private final List<String> rows = new ArrayList<>();
    private int length;
    private long left;

    /**
     * Begins a report.
     *
     * @param run where it is written
     */
    MarkdownReport(ReportRun run) {
        this.out = run.out();
    }

    @Override
    public void add(Result result) {
        String where = ShownText.join(
                "<br>", text(result.location()), text(result.subject().object()), text(result.place()));
        String row = Stream.of(
                        result.isDenied() ? "**denied**" : result.outcome(),
                        where,
                        text(result.image()),
                        text(result.violation().rule()),
                        text(result.explanation()))
                .collect(Collectors.joining(" | ", "| ", " |"));
        // UTF-8 has up to three bytes for a char.
        if (left > 0 || length + 3 * row.length() > LONGEST) {
            left++;
        } else {
            rows.add(row);
            length += 3 * row.length();
        }
    }

    @Override
    public void end(Totals totals) {
        out.println("## Imagegate: " + Summary.verdict(totals));
        out.println();
        out.println(Summary.numbers(totals) + ".");
        if (!rows.isEmpty()) {
            out.println();
            out.println("| Outcome | Where | Image | Rule | Finding |");
            out.println("|---|---|---|---|---|");
            rows.forEach(out::println);
        }
        if (left > 0) {
            out.println();
            out.println("More findings than fit here: " + left + ".");
        }
        list("Problems", totals.problems());
        list("Problems that the baseline has", totals.known());
        list("Rendered", totals.rendered());
        list(
                "The webhook would deny the kinds of these allowed objects",
                totals.unknownKinds().entrySet().stream()
                        .map(kind -> kind.getKey() + ": " + kind.getValue())
                        .toList());
        list("In the baseline, no longer found", totals.gone());
        if (!totals.unchecked().isEmpty()) {
            out.println();
            out.println(Summary.unchecked(totals) + ".");
        }
    }

    private void list(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.println();
        out.println(title + ":");
        out.println();
        lines.stream().limit(SHOWN_LINES).forEach(line -> out.println("- " + text(line)));
        if (lines.size() > SHOWN_LINES) {
            out.println("- and " + (lines.size() - SHOWN_LINES) + " more");
        }
    }

    /**
     * {@return text as it is, in a line} GitHub looks for mentions, issues and addresses in the text that remains when markup is
     * read; a comment splits that text.
     */
    private static String text(String text) {
        StringBuilder shown = new StringBuilder();
        SafeText.cut(ShownText.escape(text), LONGEST_CELL).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> shown.append("&amp;");
                case '<' -> shown.append("&lt;");
                case '>' -> shown.append("&gt;");
                case '@', '#' -> shown.appendCodePoint(c).append("<!-- -->");
                case '\\', '`', '*', '_', '{', '}', '[', ']', '(', ')', '|', '~', '$', '!', ':', '+', '-', '=' ->
                    shown.append('\\').appendCodePoint(c);
                default -> shown.appendCodePoint(c);
            }
        });
        return shown.toString().replace("www.", "www<!-- -->.");
    }
}
