package io.imagegate.bench.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The part of the page about parsers: time beside correctness. */
final class ParserSection {

    private static final Map<String, String> BENCHMARKS = new LinkedHashMap<>();

    static {
        BENCHMARKS.put("Imagegate", "imagegate");
        BENCHMARKS.put("jib-core", "jib");
        BENCHMARKS.put("Quarkus container-image", "quarkus");
        BENCHMARKS.put("Spring Boot buildpack", "springBoot");
        BENCHMARKS.put("Testcontainers", "testcontainers");
        BENCHMARKS.put("oras-java-sdk", "oras");
        BENCHMARKS.put("docker-java", "dockerJava");
        BENCHMARKS.put("JKube", "jkube");
        BENCHMARKS.put("docker-maven-plugin", "dockerMavenPlugin");
    }

    private final Figures figures;

    ParserSection(Figures figures) {
        this.figures = figures;
    }

    void appendTo(StringBuilder page) {
        page.append("\n## Parsers\n\n256 realistic references, a reference each.\n\n");
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("a loop that compares every character", figures, "ParseBenchmark.everyCharacterCompared"));
        rows.add(row("a loop that looks up the class of every character", figures, "ParseBenchmark.everyCharacter"));
        BENCHMARKS.forEach((title, method) -> rows.add(row(title, figures, "ParseBenchmark." + method)));
        rows.add(row("Imagegate, refusing bad ones", figures, "ParseBenchmark.imagegateRefuses"));
        figures.go("parse")
                .ifPresent(go -> rows.add(List.of(
                        "distribution/reference, Go",
                        Targets.text(go.get("nanos").doubleValue()),
                        "",
                        Targets.text(go.get("bytes").doubleValue()))));
        Table.of("parser", "ns", "±", "bytes allocated").rows(rows).appendTo(page);
        page.append("\nCorrectness: the share of ")
                .append(figures.surveys().get("vectors").asString())
                .append(
                        " recorded references, half of them accepted and many of them odd, on which a parser answers as the"
                                + "\nreference implementation does (a tag `latest`, the registry and `library/` of Docker Hub may be"
                                + " filled in or\nnot). Hostile text: the worst of six kinds of text, in a thread with a stack of"
                                + " 256 KiB.\n\n");
        Table.of("parser", "agrees", "no answer in 50 ms", "8 KiB of hostile text", "1 MiB")
                .rows(correctness())
                .appendTo(page);
    }

    static List<String> row(String title, Figures figures, String benchmark) {
        double error = figures.error(benchmark);
        return List.of(
                title,
                Targets.text(figures.nanos(benchmark)),
                Double.isNaN(error) ? "" : Targets.text(error),
                Targets.text(figures.bytes(benchmark)));
    }

    private List<List<String>> correctness() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode peer : figures.surveys().get("agreement")) {
            String name = peer.get("peer").stringValue();
            double share =
                    100 * peer.get("agrees").doubleValue() / peer.get("asked").doubleValue();
            rows.add(List.of(
                    name,
                    Targets.text(share) + " %",
                    peer.get("noAnswer").asString(),
                    endings(name, 8 << 10),
                    endings(name, 1 << 20)));
        }
        return rows;
    }

    /** {@return the failures over all texts of a size, or that there was none} */
    private String endings(String peer, int chars) {
        Map<String, Long> failures = figures.surveys()
                .get("hostile")
                .valueStream()
                .filter(row -> row.get("peer").stringValue().equals(peer)
                        && row.get("chars").intValue() == chars)
                .map(row -> row.get("ending").stringValue())
                .filter(ending -> !ending.equals("refused") && !ending.equals("accepted"))
                .collect(Collectors.groupingBy(ending -> ending, TreeMap::new, Collectors.counting()));
        return failures.isEmpty()
                ? "answers all"
                : failures.entrySet().stream()
                        .map(failure -> failure.getValue() + " × " + failure.getKey())
                        .collect(Collectors.joining(", "));
    }
}
