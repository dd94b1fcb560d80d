package io.imagegate.cli;

import io.imagegate.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scrapes of a server, a minute between them, with the labels that Prometheus adds in a cluster. Prometheus' own promtool
 * evaluates queries over them; a machine without it leaves the test out.
 */
final class RecordedScrapes {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");

    private final Map<String, String> series = new LinkedHashMap<>();

    RecordedScrapes(List<String> scrapes) {
        for (String scrape : scrapes) {
            scrape.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
        }
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String more = sample.group(2) == null ? "" : "," + sample.group(2);
        series.merge(
                sample.group(1) + "{cluster=\"east\",namespace=\"imagegate\",pod=\"imagegate-0\"" + more + "}",
                sample.group(3),
                (values, value) -> values + " " + value);
    }

    /** {@return whether each query returns a sample, and what promtool prints if one does not} */
    Program.Result evaluate(Path folder, List<String> queries) throws Exception {
        Machine.needs("promtool");
        StringBuilder test =
                new StringBuilder("evaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n");
        series.forEach((name, values) -> test.append("      - {series: ")
                .append(quote(name))
                .append(", values: ")
                .append(quote(values))
                .append("}\n"));
        test.append("    promql_expr_test:\n");
        for (String query : queries) {
            test.append("      - {expr: ")
                    .append(quote("count(" + query + ") > bool 0"))
                    .append(", eval_time: 1m, exp_samples: [{labels: '{}', value: 1}]}\n");
        }
        Path file = Files.writeString(folder.resolve("scrapes.yaml"), test);
        return Program.run(List.of("promtool", "test", "rules", file.toString()));
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
