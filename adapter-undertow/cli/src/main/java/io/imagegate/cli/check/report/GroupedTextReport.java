package io.imagegate.cli.check.report;

import io.imagegate.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text for people in which the same finding stands once, with its places. Memory is bounded: of very many places the rest is
 * counted. No line starts with text of a file.
 */
final class GroupedTextReport implements Report<Result> {

    private static final int MOST_PLACES = 50_000;

    /** Places beside each other have their second part in one column, unless a name is longer. */
    private static final int WIDEST = 60;

    /** The title of what is said of objects and not of their images. */
    private static final String WHOLE = "whole object";

    private final PrintWriter out;
    private final TextOptions options;
    private final TextStyle style;
    private final TextSummary summary;
    private final ImageBlocks blocks = new ImageBlocks(this::group);
    private final Map<Head, Map<List<String>, List<Place>>> groups = new LinkedHashMap<>();
    private long places;

    /** What a block is called by. */
    private record Head(String outcome, String title) {}

    /** Where it was found: file and position, and what is there. */
    private record Place(String file, String location, String what) {}

    GroupedTextReport(ReportRun run) {
        this.out = run.out();
        this.options = run.text();
        this.style = new TextStyle(options.ansi());
        this.summary = new TextSummary(run);
    }

    @Override
    public void add(Result result) {
        if (options.quiet() && !result.isDenied()) {
            return;
        }
        summary.add(result);
        if (result.isInBaseline() && !options.verbose()) {
            return;
        }
        if (options.grouping() == Grouping.image) {
            blocks.add(result);
        } else {
            String rule = result.violation().rule();
            String found = FindingText.explanation(
                    result.violation(), result.violation().explanation());
            put(
                    new Head(result.outcome(), rule),
                    List.of(found),
                    result,
                    result.image().isEmpty() ? FindingText.placeText(result) : FindingText.image(result));
        }
    }

    private void group(List<Result> block) {
        String outcome = FindingText.outcome(block);
        Result first = block.get(0);
        List<String> found = new ArrayList<>();
        if (!first.written().isEmpty()) {
            found.add("written as " + SafeText.escape(first.written()));
        }
        block.forEach(result ->
                found.add(FindingText.line(result, outcome, result.violation().explanation())));
        String title = first.image().isEmpty() ? WHOLE : FindingText.image(first);
        put(new Head(outcome, title), found, first, FindingText.placeText(first));
    }

    private void put(Head head, List<String> found, Result result, String what) {
        places++;
        if (places > MOST_PLACES) {
            return;
        }
        Subject subject = result.subject();
        String made = (subject.source().isEmpty() ? "" : ", rendered from " + SafeText.escape(subject.source()))
                + (subject.base().isEmpty() ? "" : ", if " + SafeText.escape(subject.base()) + " is deployed alone")
                + (result.isDeniedByWebhook() ? ", " + Result.DENIED_KIND : "");
        groups.computeIfAbsent(head, first -> new LinkedHashMap<>())
                .computeIfAbsent(found, first -> new ArrayList<>())
                .add(new Place(subject.file(), SafeText.escape(result.location()), what + made));
    }

    @Override
    public void end(Totals totals) {
        blocks.end();
        if (options.quiet() && totals.allowed()) {
            return;
        }
        summary.print(totals, true);
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        group -> FindingText.OUTCOMES.indexOf(group.getKey().outcome())))
                .forEach(group -> print(group.getKey(), group.getValue()));
        if (places > MOST_PLACES) {
            out.println();
            out.println("and " + (places - MOST_PLACES) + " places more: --group-by file lists all");
        }
        if (groups.size() > TextReport.MANY) {
            out.println();
            summary.verdict(totals);
            summary.advise(totals);
        }
    }

    private void print(Head head, Map<List<String>, List<Place>> found) {
        out.println();
        long count = found.values().stream().mapToLong(List::size).sum();
        out.println(style.outcome(head.outcome(), head.outcome()) + "  " + style.bold(head.title())
                + (count == 1 ? "" : "  in " + count + " places"));
        found.forEach((lines, where) -> {
            lines.forEach(line -> out.println("  " + line));
            int width = where.stream()
                    .mapToInt(place -> place.location().length())
                    .filter(length -> length <= WIDEST)
                    .max()
                    .orElse(0);
            where.forEach(place -> print(place, width));
        });
    }

    private void print(Place place, int width) {
        String location = options.links().link(place.file(), place.location());
        String space = " ".repeat(Math.max(0, width - place.location().length()));
        if (place.location().isEmpty()) {
            if (!place.what().isEmpty()) {
                out.println("    " + place.what());
            }
        } else {
            out.println("    " + location + (place.what().isEmpty() ? "" : space + "  " + place.what()));
        }
    }
}
