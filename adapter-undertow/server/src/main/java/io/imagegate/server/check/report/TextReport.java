package io.imagegate.server.check.report;

import io.imagegate.policy.Violation;
import io.imagegate.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/**
 * Text for people: a summary, then a block for each image. Of a run with very many findings the summary comes last, so memory
 * does not grow with the report. No line starts with text of a file, which programs that read logs could take for a command.
 */
final class TextReport implements Report<Result> {

    private static final int HELD_BACK = 1_000;
    private static final int SHOWN_GONE = 20;
    private static final int MOST_HINTS = 100;

    /** From strong to weak: a block is called by its strongest. */
    private static final List<String> OUTCOMES =
            List.of("denied", "warned", "audited", "broke-glass", "exempted", Result.BASELINE);

    private final PrintWriter out;
    private final Ansi ansi;
    private final boolean quiet;
    private final List<List<Result>> held = new ArrayList<>();
    private final Map<String, RuleSummary> rules = new LinkedHashMap<>();
    private final Set<String> hints = new LinkedHashSet<>();
    private final List<Result> block = new ArrayList<>();
    private boolean streams;

    /** How often a rule was violated, by outcome. */
    private record RuleSummary(String about, Map<String, Long> outcomes) {}

    /**
     * Creates a report.
     *
     * @param run where it is written, whether there are colours, and whether it has only what denies
     */
    TextReport(ReportRun run) {
        this.out = run.out();
        this.ansi = run.ansi();
        this.quiet = run.quiet();
    }

    @Override
    public void add(Result result) {
        if (quiet && !result.isDenied()) {
            return;
        }
        rules.computeIfAbsent(
                        result.violation().rule(),
                        rule -> new RuleSummary(explanation(result.violation()), new HashMap<>()))
                .outcomes()
                .merge(result.outcome(), 1L, Long::sum);
        result.violation()
                .breakGlassHint()
                .filter(hint -> hints.size() < MOST_HINTS)
                .ifPresent(hints::add);
        if (!block.isEmpty() && !isSameImage(block.get(0), result)) {
            endBlock();
        }
        block.add(result);
    }

    private static boolean isSameImage(Result one, Result other) {
        return one.subject().equals(other.subject())
                && one.violation().image().equals(other.violation().image());
    }

    private void endBlock() {
        List<Result> complete = List.copyOf(block);
        block.clear();
        if (!streams) {
            held.add(complete);
            if (held.size() < HELD_BACK) {
                return;
            }
            streams = true;
            held.forEach(this::print);
            held.clear();
        } else {
            print(complete);
        }
    }

    @Override
    public void end(Totals totals) {
        if (!block.isEmpty()) {
            endBlock();
        }
        if (quiet && totals.allowed()) {
            return;
        }
        summary(totals);
        held.forEach(this::print);
    }

    private void summary(Totals totals) {
        out.println(ansi.string(verdict(totals)) + ": " + Summary.numbers(totals));
        rules.forEach((rule, summary) -> out.println("  rule " + rule + ": " + counts(summary) + summary.about()));
        hints.forEach(hint -> out.println("  " + ShownText.escape(hint)));
        if (!totals.gone().isEmpty() && !quiet) {
            out.println("  " + Summary.count(totals.gone().size(), "finding") + " of the baseline no longer found:");
            totals.gone().stream().limit(SHOWN_GONE).forEach(gone -> out.println("    " + ShownText.escape(gone)));
            if (totals.gone().size() > SHOWN_GONE) {
                out.println("    and " + (totals.gone().size() - SHOWN_GONE) + " more");
            }
        }
    }

    private static String counts(RuleSummary summary) {
        return OUTCOMES.stream()
                .filter(summary.outcomes()::containsKey)
                .map(outcome -> summary.outcomes().get(outcome) + " " + outcome)
                .collect(Collectors.joining(", "));
    }

    private static String explanation(Violation violation) {
        String severity = violation
                .severity()
                .map(degree -> ", severity " + degree.name().toLowerCase(Locale.ROOT))
                .orElse("");
        String description = violation
                .description()
                .map(text -> ". " + ShownText.escape(text))
                .orElse("");
        String see = description.endsWith(".") ? " See " : ". See ";
        return severity
                + description
                + violation.link().map(page -> see + page.toASCIIString()).orElse("");
    }

    private static String verdict(Totals totals) {
        String style = totals.allowed() ? "green" : "bold,red";
        return "@|" + style + " " + Summary.verdict(totals) + "|@";
    }

    private void print(List<Result> results) {
        Result first = results.get(0);
        String outcome = OUTCOMES.stream()
                .filter(strong ->
                        results.stream().anyMatch(result -> result.outcome().equals(strong)))
                .findFirst()
                .orElseGet(first::outcome);
        StringBuilder head = new StringBuilder(coloured(outcome));
        cell(head, SafeText.escape(first.location()));
        cell(head, first.image().isEmpty() ? "-" : SafeText.escape(first.image()));
        out.println();
        out.println(head);
        line("in", where(first));
        line("rendered from", SafeText.escape(first.subject().source()));
        line("written as", SafeText.escape(first.written()));
        results.forEach(result -> print(result, outcome));
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

    private void print(Result result, String outcome) {
        Violation violation = result.violation();
        String other = result.outcome().equals(outcome) ? "" : " (" + result.outcome() + ")";
        String more = violation
                .expiryWarning()
                .or(violation::expiredNote)
                .map(warning -> "; " + ShownText.escape(warning))
                .orElse("");
        out.println("  " + violation.rule() + other + ": " + ShownText.escape(violation.explanation()) + more);
    }

    /** {@return object and place; the names in a place are escaped already} */
    private static String where(Result result) {
        String object = SafeText.escape(result.subject().object());
        return result.place().isEmpty() ? object : object + ", " + result.place();
    }

    private String coloured(String outcome) {
        String style = switch (outcome) {
            case "denied" -> "bold,red";
            case "warned" -> "yellow";
            default -> "faint";
        };
        return ansi.string("@|" + style + " " + outcome + "|@");
    }
}
