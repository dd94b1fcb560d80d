package io.imagegate.cli.check.report;

import io.imagegate.policy.Violation;
import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The summary of text for people. Not thread-safe. */
final class TextSummary {

    private static final int MOST_HINTS = 100;
    private static final int SHOWN_PROBLEMS = 100;
    private static final int SHOWN_KINDS = 8;

    /** Most names of a rule that are kept to be counted. */
    private static final int MOST_NAMES = 100_000;

    private static final String BASES =
            "a kustomization that another one includes is judged alone, too: --bases GLOB names those that are never deployed alone";

    private final PrintWriter out;
    private final boolean isFile;
    private final TextOptions options;
    private final TextStyle style;
    private final Map<String, RuleSummary> rules = new LinkedHashMap<>();
    private final Set<String> hints = new LinkedHashSet<>();

    /** How often a rule was violated, by outcome, and where. */
    private record RuleSummary(
            String about,
            Optional<URI> page,
            Map<String, Long> outcomes,
            Set<String> images,
            Set<String> objects,
            Set<String> files) {

        RuleSummary(String about, Optional<URI> page) {
            this(about, page, new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        }

        void add(Result result) {
            outcomes.merge(result.outcome(), 1L, Long::sum);
            add(images, result.image());
            if (!result.subject().object().isEmpty()) {
                add(
                        objects,
                        result.subject().file() + "\n" + result.subject().line() + "\n"
                                + result.subject().object());
            }
            add(files, result.subject().file());
        }

        private static void add(Set<String> names, String name) {
            if (!name.isEmpty() && names.size() < MOST_NAMES) {
                names.add(name);
            }
        }

        String counts() {
            return FindingText.OUTCOMES.stream()
                    .filter(outcomes::containsKey)
                    .map(outcome -> outcomes.get(outcome) + " " + outcome)
                    .collect(Collectors.joining(", "));
        }
    }

    TextSummary(ReportRun run) {
        this.out = run.out();
        this.isFile = run.isFile();
        this.options = run.text();
        this.style = new TextStyle(run.text().ansi());
    }

    void add(Result result) {
        rules.computeIfAbsent(
                        result.violation().rule(),
                        rule -> new RuleSummary(
                                explanation(result.violation()),
                                result.violation().link()))
                .add(result);
        result.violation()
                .breakGlassHint()
                .filter(hint -> hints.size() < MOST_HINTS)
                .ifPresent(hints::add);
        if (!result.subject().base().isEmpty()) {
            hints.add(BASES);
        }
    }

    private String explanation(Violation violation) {
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
                + violation
                        .link()
                        .filter(page -> !options.links().areShown())
                        .map(page -> see + page.toASCIIString())
                        .orElse("");
    }

    private String linked(String rule, RuleSummary summary) {
        return summary.page().map(page -> options.links().link(page, rule)).orElse(rule);
    }

    void verdict(Totals totals) {
        out.println(style.outcome(totals.allowed() ? "allowed" : "denied", Summary.verdict(totals)) + ": "
                + Summary.numbers(totals));
    }

    /** Writes the verdict, and what was found by which rule: as a table, or a line for each rule. */
    void print(Totals totals, boolean asTable) {
        verdict(totals);
        if (isFile) {
            lines(totals.problems());
        }
        if (asTable) {
            table();
        } else {
            rules.forEach((rule, summary) ->
                    out.println("  rule " + linked(rule, summary) + ": " + summary.counts() + summary.about()));
        }
        hints.forEach(hint -> out.println("  " + ShownText.escape(hint)));
        if (!options.quiet()) {
            lines(totals.rendered());
            unknownKinds(totals);
            baseline(totals);
        }
    }

    private void table() {
        if (rules.isEmpty()) {
            return;
        }
        int name =
                width("rule", rules.keySet().stream().mapToInt(String::length).max());
        int counts = width(
                "findings",
                rules.values().stream().mapToInt(rule -> rule.counts().length()).max());
        String numbers = "  %-" + counts + "s  %6s  %7s  %5s";
        out.println();
        out.println(style.bold(String.format("  %-" + name + "s", "rule")
                + String.format(numbers, "findings", "images", "objects", "files")));
        rules.forEach((rule, summary) -> out.println("  " + linked(rule, summary) + " ".repeat(name - rule.length())
                + String.format(
                        numbers,
                        summary.counts(),
                        number(summary.images()),
                        number(summary.objects()),
                        number(summary.files()))
                + summary.about().replaceFirst("^(, |\\. )", "  ")));
    }

    private static int width(String title, OptionalInt longest) {
        return Math.max(title.length(), longest.orElse(0));
    }

    private static String number(Set<String> names) {
        return names.size() + (names.size() < MOST_NAMES ? "" : "+");
    }

    private void unknownKinds(Totals totals) {
        Map<String, Long> shown = new TreeMap<>(totals.unknownKinds());
        if (!options.verbose()) {
            shown.keySet().removeIf(TextSummary::isOfKubernetes);
        }
        String kinds = Summary.unknownKinds(shown, options.verbose() ? Integer.MAX_VALUE : SHOWN_KINDS);
        if (!kinds.isEmpty()) {
            out.println("  " + ShownText.escape(kinds) + "; --as-webhook denies them, too");
        }
    }

    /** Webhooks for images are asked about custom resources, and hardly ever about a ConfigMap. */
    private static boolean isOfKubernetes(String kind) {
        return kind.indexOf('.') == kind.lastIndexOf('.') || kind.endsWith(".k8s.io");
    }

    private void baseline(Totals totals) {
        if (options.verbose()) {
            totals.known().forEach(line -> out.println("  known problem: " + ShownText.escape(line)));
        }
        if (!totals.gone().isEmpty()) {
            out.println("  " + Summary.count(totals.gone().size(), "finding") + " of the baseline no longer found"
                    + (options.verbose() ? ":" : ": --verbose lists them"));
            if (options.verbose()) {
                totals.gone().forEach(line -> out.println("    " + ShownText.escape(line)));
            }
        }
        if (!totals.unchecked().isEmpty()) {
            out.println("  " + Summary.unchecked(totals));
        }
    }

    private void lines(List<String> lines) {
        lines.stream().limit(SHOWN_PROBLEMS).forEach(line -> out.println("  " + ShownText.escape(line)));
        if (lines.size() > SHOWN_PROBLEMS) {
            out.println("  and " + (lines.size() - SHOWN_PROBLEMS) + " more");
        }
    }

    /** Whoever scrolled through a long report sees what to do with many findings. */
    void advise(Totals totals) {
        boolean hasBaseline =
                rules.values().stream().anyMatch(rule -> rule.outcomes().containsKey(Result.BASELINE));
        if (totals.denied() > 0 && !options.quiet() && !hasBaseline) {
            out.println(
                    "  --write-baseline FILE records what is denied, and with --baseline FILE only new findings fail");
        }
    }
}
