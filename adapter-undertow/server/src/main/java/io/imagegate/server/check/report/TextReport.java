package io.imagegate.server.check.report;

import io.imagegate.policy.Violation;
import io.imagegate.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/**
 * Text for people: a line for each finding, in columns, and a line for each rule that has a description. The widths of
 * the columns come from the first results, so memory does not grow with the report.
 */
final class TextReport implements Report<Result> {

    private static final int HELD_BACK = 500;
    private static final int WIDEST = 60;

    private final PrintWriter out;
    private final Ansi ansi;
    private final List<Result> held = new ArrayList<>();
    private final Map<String, String> explained = new LinkedHashMap<>();
    private final Set<String> hints = new LinkedHashSet<>();
    private final int[] widths = new int[4];
    private boolean measured;

    /**
     * Creates a report.
     *
     * @param run where it is written, and whether there are colours
     */
    TextReport(ReportRun run) {
        this.out = run.out();
        this.ansi = run.ansi();
    }

    @Override
    public void add(Result result) {
        String explanation = explanation(result.violation());
        if (!explanation.isEmpty()) {
            explained.putIfAbsent(result.violation().rule(), explanation);
        }
        result.violation().breakGlassHint().ifPresent(hints::add);
        if (measured) {
            print(result);
        } else {
            held.add(result);
            if (held.size() == HELD_BACK) {
                release();
            }
        }
    }

    @Override
    public void end(Totals totals) {
        release();
        explained.forEach((rule, explanation) -> out.println("rule " + rule + explanation));
        hints.forEach(hint -> out.println(ShownText.escape(hint)));
        out.println(ansi.string(verdict(totals)) + ": " + count(totals.images(), "image") + " checked, "
                + totals.denied() + " of " + count(totals.subjects(), "review") + " denied"
                + (totals.problems().isEmpty()
                        ? ""
                        : ", " + count(totals.problems().size(), "problem"))
                + leftOut(totals.leftOut()));
    }

    private static String explanation(Violation violation) {
        String severity = violation
                .severity()
                .map(degree -> " (" + degree.name().toLowerCase(Locale.ROOT) + ")")
                .orElse("");
        String description = violation
                .description()
                .map(text -> ": " + ShownText.escape(text))
                .orElse("");
        // A description may be a sentence that ends.
        String see = description.endsWith(".") ? " See " : ", see ";
        String link = violation.link().map(page -> see + page.toASCIIString()).orElse("");
        return severity + description + link;
    }

    private static String leftOut(Map<String, Long> numbers) {
        return numbers.isEmpty()
                ? ""
                : numbers.entrySet().stream()
                        .map(entry -> count(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", ", ", left out: ", ""));
    }

    private static String verdict(Totals totals) {
        if (!totals.problems().isEmpty()) {
            return "@|bold,red unusable input|@";
        }
        return totals.denied() == 0 ? "@|green allowed|@" : "@|bold,red denied|@";
    }

    private void release() {
        if (!measured) {
            held.forEach(this::measure);
            measured = true;
            held.forEach(this::print);
            held.clear();
        }
    }

    private void measure(Result result) {
        String[] cells = cells(result);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], Math.min(WIDEST, cells[i].length()));
        }
    }

    private void print(Result result) {
        String[] cells = cells(result);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                String cell = cells[i] + " ".repeat(Math.max(0, widths[i] - cells[i].length()));
                line.append(i == 0 ? coloured(cell) : cell).append("  ");
            }
        }
        line.append(ShownText.escape(result.violation().explanation()));
        result.violation()
                .expiryWarning()
                .or(result.violation()::expiredNote)
                .ifPresent(warning -> line.append("; ").append(ShownText.escape(warning)));
        String where = where(result);
        out.println(where.isEmpty() ? line : line.append(" (").append(where).append(')'));
    }

    private static String[] cells(Result result) {
        String image = result.image().isEmpty() ? "-" : SafeText.escape(result.image());
        return new String[] {
            result.outcome(),
            SafeText.escape(result.location()),
            image,
            result.violation().rule()
        };
    }

    /** {@return object, written image and place; the names in a place are escaped already} */
    private static String where(Result result) {
        return Stream.of(SafeText.escape(result.subject().object()), SafeText.escape(result.written()), result.place())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String coloured(String outcome) {
        String style = switch (outcome.strip()) {
            case "denied" -> "bold,red";
            case "warned" -> "yellow";
            default -> "faint";
        };
        return ansi.string("@|" + style + " " + outcome + "|@");
    }

    private static String count(long number, String thing) {
        return number + " " + (number == 1 ? thing : thing + "s");
    }
}
