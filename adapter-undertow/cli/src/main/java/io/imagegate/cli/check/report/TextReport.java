package io.imagegate.cli.check.report;

import io.imagegate.policy.Violation;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
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
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Text for people: a summary, then a block for each image. Of a run with very many findings the summary comes last, so memory
 * does not grow with the report. No line starts with text of a file, which programs that read logs could take for a command.
 */
final class TextReport implements Report<Result> {

    private static final int HELD_BACK = 1_000;
    private static final int SHOWN_GONE = 20;
    private static final int MOST_HINTS = 100;

    /** More blocks than a screen has: the verdict is repeated at the end. */
    private static final int MANY = 20;

    private static final int SHOWN_PROBLEMS = 100;

    private static final String BASES =
            "a kustomization that another one includes is judged alone, too: --bases GLOB names those that are never deployed alone";

    /** From strong to weak: a block is called by its strongest. */
    private static final List<String> OUTCOMES =
            List.of("denied", "warned", "audited", "broke-glass", "exempted", Result.BASELINE);

    private final PrintWriter out;
    private final boolean isFile;
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
        this.isFile = run.isFile();
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
        if (!result.subject().base().isEmpty()) {
            hints.add(BASES);
        }
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
        if (streams || held.size() > MANY) {
            last(totals);
        }
    }

    /** Whoever scrolled through a long report sees the verdict again, and what to do with many findings. */
    private void last(Totals totals) {
        if (!streams) {
            out.println();
            verdict(totals);
        }
        boolean hasBaseline =
                rules.values().stream().anyMatch(rule -> rule.outcomes().containsKey(Result.BASELINE));
        if (totals.denied() > 0 && !quiet && !hasBaseline) {
            out.println(
                    "  --write-baseline FILE records what is denied, and with --baseline FILE only new findings fail");
        }
    }

    private void verdict(Totals totals) {
        out.println(styled(totals.allowed() ? "green" : "bold,red", Summary.verdict(totals)) + ": "
                + Summary.numbers(totals));
    }

    private void summary(Totals totals) {
        verdict(totals);
        if (isFile) {
            lines(totals.problems(), SHOWN_PROBLEMS, "  ");
        }
        rules.forEach((rule, summary) -> out.println("  rule " + rule + ": " + counts(summary) + summary.about()));
        hints.forEach(hint -> out.println("  " + ShownText.escape(hint)));
        if (!totals.gone().isEmpty() && !quiet) {
            out.println("  " + Summary.count(totals.gone().size(), "finding") + " of the baseline no longer found:");
            lines(totals.gone(), SHOWN_GONE, "    ");
        }
        if (!totals.unchecked().isEmpty() && !quiet) {
            out.println("  " + Summary.unchecked(totals));
        }
    }

    private void lines(List<String> lines, int most, String indent) {
        lines.stream().limit(most).forEach(line -> out.println(indent + ShownText.escape(line)));
        if (lines.size() > most) {
            out.println(indent + "and " + (lines.size() - most) + " more");
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

    private void print(List<Result> results) {
        Result first = results.get(0);
        String outcome = OUTCOMES.stream()
                .filter(strong ->
                        results.stream().anyMatch(result -> result.outcome().equals(strong)))
                .findFirst()
                .orElseGet(first::outcome);
        StringBuilder head = new StringBuilder(coloured(outcome));
        cell(head, SafeText.escape(first.location()));
        cell(head, first.image().isEmpty() ? "-" : styled("bold", SafeText.escape(first.image())));
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
        String reason = violation
                .exemption()
                .map(exception -> "; exempted: " + ShownText.escape(exception.reason()))
                .orElse("");
        String more = violation
                .expiryWarning()
                .or(violation::expiredNote)
                .map(warning -> "; " + ShownText.escape(warning))
                .orElse("");
        out.println("  " + violation.rule() + other + ": " + ShownText.escape(result.explanation()) + reason + more);
    }

    /** {@return object and place; the names in a place are escaped already} */
    private static String where(Result result) {
        String object = SafeText.escape(result.subject().object());
        return result.place().isEmpty() ? object : object + ", " + result.place();
    }

    private String coloured(String outcome) {
        return switch (outcome) {
            case "denied" -> styled("bold,red", outcome);
            case "warned" -> styled("yellow", outcome);
            default -> styled("faint", outcome);
        };
    }

    /** Text of files has no part in picocli's markup, which would read it. */
    private String styled(String style, String text) {
        IStyle[] styles = Style.parse(style);
        return ansi.enabled() ? Style.on(styles) + text + Style.reset.off() : text;
    }
}
