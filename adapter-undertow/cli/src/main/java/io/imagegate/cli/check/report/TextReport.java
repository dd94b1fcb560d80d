package io.imagegate.cli.check.report;

import io.imagegate.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Text for people: a summary, then a block for each image in one place. Of a run with very many findings the summary comes last, so
 * memory does not grow with the report. No line starts with text of a file, which programs that read logs could take for a command.
 */
final class TextReport implements Report<Result> {

    private static final int HELD_BACK = 1_000;

    /** More blocks than a screen has: the verdict is repeated at the end. */
    static final int MANY = 20;

    private final PrintWriter out;
    private final TextOptions options;
    private final TextStyle style;
    private final TextSummary summary;
    private final ImageBlocks blocks = new ImageBlocks(this::hold);
    private final List<List<Result>> held = new ArrayList<>();
    private boolean streams;

    private TextReport(ReportRun run) {
        this.out = run.out();
        this.options = run.text();
        this.style = new TextStyle(options.ansi());
        this.summary = new TextSummary(run);
    }

    /** {@return the report, whose blocks are about what the run says} */
    static Report<Result> of(ReportRun run) {
        return run.text().grouping() == Grouping.file ? new TextReport(run) : new GroupedTextReport(run);
    }

    @Override
    public void add(Result result) {
        if (options.quiet() && !result.isDenied()) {
            return;
        }
        summary.add(result);
        if (options.verbose() || !result.isInBaseline()) {
            blocks.add(result);
        }
    }

    private void hold(List<Result> block) {
        if (streams) {
            print(block);
            return;
        }
        held.add(block);
        if (held.size() == HELD_BACK) {
            streams = true;
            held.forEach(this::print);
            held.clear();
        }
    }

    @Override
    public void end(Totals totals) {
        blocks.end();
        if (options.quiet() && totals.allowed()) {
            return;
        }
        summary.print(totals, false);
        held.forEach(this::print);
        if (streams || held.size() > MANY) {
            if (!streams) {
                out.println();
                summary.verdict(totals);
            }
            summary.advise(totals);
        }
    }

    private void print(List<Result> results) {
        Result first = results.get(0);
        String outcome = FindingText.outcome(results);
        StringBuilder head = new StringBuilder(style.outcome(outcome, outcome));
        cell(head, options.links().link(first.subject().file(), SafeText.escape(first.location())));
        cell(head, style.bold(FindingText.image(first)));
        out.println();
        out.println(head);
        line("in", FindingText.placeText(first));
        line("rendered from", SafeText.escape(first.subject().source()));
        line("written as", SafeText.escape(first.written()));
        results.forEach(result -> out.println("  " + FindingText.line(result, outcome, result.explanation())));
    }

    private static void cell(StringBuilder line, String text) {
        if (!text.isEmpty()) {
            line.append("  ").append(text);
        }
    }

    private void line(String what, String text) {
        if (!text.isEmpty()) {
            out.println("  " + what + " " + text);
        }
    }
}
