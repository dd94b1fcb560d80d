package io.imagegate.bench.server;

import io.imagegate.bench.CoreBenchmarks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that was measured, by name. */
final class Figures {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String ON_OTHER = " other";

    private final Map<String, JsonNode> benchmarks = new HashMap<>();
    private final Map<String, String> javas = new LinkedHashMap<>();
    private final JsonNode surveys;
    private final JsonNode server;

    Figures(Path folder) {
        this.surveys = MAPPER.readTree(folder.resolve("surveys.json"));
        this.server = MAPPER.readTree(folder.resolve("server.json"));
        javas.put("", "");
        for (JsonNode benchmark : MAPPER.readTree(folder.resolve("jmh.json"))) {
            benchmarks.put(key(benchmark), benchmark);
            javas.put("", java(benchmark));
        }
        Path other = folder.resolve(CoreBenchmarks.OTHER);
        if (Files.exists(other)) {
            for (JsonNode benchmark : MAPPER.readTree(other)) {
                benchmarks.put(key(benchmark) + ON_OTHER, benchmark);
                javas.put(ON_OTHER, java(benchmark));
            }
        }
    }

    private static String java(JsonNode benchmark) {
        return "Java " + benchmark.get("jdkVersion").stringValue().split("[.+]", 2)[0];
    }

    /** {@return what the names of benchmarks have at their end, for each Java that some of them ran on} */
    Set<String> javas() {
        return javas.keySet();
    }

    /** {@return the Java of such an end: {@code Java 17}} */
    String javaOf(String end) {
        return Objects.requireNonNull(javas.get(end), end);
    }

    /** The class and method, and the values of the parameters if there are any: {@code PatternBenchmark.matches 10}. */
    private static String key(JsonNode benchmark) {
        String name = benchmark.get("benchmark").stringValue();
        String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        JsonNode parameters = benchmark.get("params");
        return parameters == null
                ? method
                : parameters
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .collect(Collectors.joining(" ", method + " ", ""));
    }

    boolean has(String benchmark) {
        return benchmarks.containsKey(benchmark);
    }

    /** {@return nanoseconds an operation} */
    double nanos(String benchmark) {
        return metric(benchmark).get("score").doubleValue();
    }

    /** {@return half of the 99.9 % confidence interval, in nanoseconds} */
    double error(String benchmark) {
        JsonNode error = metric(benchmark).get("scoreError");
        return error.isNumber() ? error.doubleValue() : Double.NaN;
    }

    /** {@return bytes allocated by an operation} */
    double bytes(String benchmark) {
        JsonNode secondary = benchmark(benchmark).get("secondaryMetrics");
        for (Map.Entry<String, JsonNode> metric : secondary.properties()) {
            if (metric.getKey().endsWith("gc.alloc.rate.norm")) {
                return metric.getValue().get("score").doubleValue();
            }
        }
        return 0;
    }

    private JsonNode metric(String benchmark) {
        return benchmark(benchmark).get("primaryMetric");
    }

    private JsonNode benchmark(String name) {
        return Objects.requireNonNull(benchmarks.get(name), name);
    }

    JsonNode surveys() {
        return surveys;
    }

    /** {@return a figure of the Go peer, such as {@code parse}; empty where there is no Go} */
    Optional<JsonNode> go(String what) {
        return Optional.ofNullable(server.get("go")).map(go -> go.get(what));
    }

    /** {@return the rows about warm servers} */
    List<JsonNode> warm() {
        return List.copyOf(server.get("warm").values());
    }

    /** {@return a figure of one warm server, round by round; empty if it was not there} */
    double[] rounds(String name, Load.Protocol protocol, String figure) {
        return rounds(warm(), name, protocol, figure);
    }

    static double[] rounds(List<JsonNode> rows, String name, Load.Protocol protocol, String figure) {
        return rows.stream()
                .filter(row -> row.get("server").stringValue().equals(name)
                        && row.get("protocol").stringValue().equals(protocol.title()))
                .flatMapToDouble(row -> rounds(row, figure))
                .toArray();
    }

    /** {@return the median of a figure over the rounds of a warm server} */
    static double median(JsonNode row, String figure) {
        return median(rounds(row, figure).toArray());
    }

    private static DoubleStream rounds(JsonNode row, String figure) {
        return row.get("rounds")
                .valueStream()
                .mapToDouble(round -> round.get(figure).doubleValue());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** {@return the rows about an AdmissionReview of 2.5 kB} */
    List<JsonNode> admission() {
        return List.copyOf(server.get("admission").values());
    }

    /** {@return the rows about connections of one review} */
    List<JsonNode> handshakes() {
        return List.copyOf(server.get("handshakes").values());
    }

    /** {@return the rows about facts that are cached} */
    List<JsonNode> cachedFacts() {
        return List.copyOf(server.get("cachedFacts").values());
    }

    double[] cachedFacts(String name, Load.Protocol protocol, String figure) {
        return rounds(cachedFacts(), name, protocol, figure);
    }

    /** {@return the rows about repositories} */
    List<RepositoryBenchmark.Result> repositories() {
        return server.get("repositories")
                .valueStream()
                .map(row -> MAPPER.treeToValue(row, RepositoryBenchmark.Result.class))
                .toList();
    }

    /** {@return the memory that a list takes in two formats; none if it was not measured} */
    List<ListMemory.Result> lists() {
        return server.path("lists")
                .valueStream()
                .map(row -> MAPPER.treeToValue(row, ListMemory.Result.class))
                .toList();
    }

    /** {@return what a short command takes beside an older program; nothing if it was not measured} */
    ShortCommand.Result shortCommand() {
        JsonNode measured = server.get("shortCommand");
        return measured == null ? ShortCommand.Result.NONE : MAPPER.treeToValue(measured, ShortCommand.Result.class);
    }

    /** {@return the rows about fresh processes: the bare server first, that of the image last} */
    List<JsonNode> starts() {
        return List.copyOf(server.get("starts").values());
    }
}
