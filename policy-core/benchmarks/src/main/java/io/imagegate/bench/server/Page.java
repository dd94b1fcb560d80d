package io.imagegate.bench.server;

import io.imagegate.bench.ScopeBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The page of results: a table of targets, tables of figures, plots; and the same figures as JSON. */
final class Page {

    static final String ADMISSION = "AdmissionBenchmark.webhook";

    private static final String COMMAND = "mvn -Pbench verify -Dbench.publish";

    private final Figures figures;
    private final List<Targets.Row> targets;
    private final Map<String, String> machine;
    private final StringBuilder page = new StringBuilder();

    private Page(Figures figures, Map<String, String> machine) {
        this.figures = figures;
        this.targets = Targets.of(figures);
        this.machine = machine;
    }

    /** Reads the figures in one folder and writes README.md, results.json and the plots into another. */
    static void write(Path from, Path to) throws IOException, InterruptedException {
        Files.createDirectories(to);
        Page page = new Page(new Figures(from), Machine.describe());
        page.plots(to);
        page.compose();
        Files.writeString(to.resolve("README.md"), page.page);
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", page.machine);
        all.put("targets", page.targets);
        JsonNode jmh = mapper.readTree(from.resolve("jmh.json"));
        // These have paths of the machine.
        jmh.forEach(benchmark -> ((ObjectNode) benchmark).remove(List.of("jvm", "jvmArgs")));
        all.put("jmh", jmh);
        for (String name : List.of("surveys", "server")) {
            all.put(name, mapper.readTree(from.resolve(name + ".json")));
        }
        mapper.writeValue(to.resolve("results.json"), all);
        System.out.println(page.page);
        System.out.println(
                "Written to " + to.resolve("README.md").toAbsolutePath().normalize());
    }

    private void compose() throws IOException {
        line("# Benchmarks\n");
        line("One run of `" + COMMAND + "` measures everything here and writes this page. It takes over half an");
        line("hour, or three minutes with `-Dbench.quick`. Without `-Dbench.publish` the page is written to");
        line(
                "`target/bench/`. Debian's `golang-go`, `golang-github-distribution-reference-dev`, `golang-k8s-api-dev`,");
        line(
                "`nghttp2-client`, `nginx-light` and `time` are needed, and for repositories packed `kubectl` and `helm` in");
        line(
                "`../shared/tools/bin`; `-Dbench.repositories=FOLDER:FOLDER` measures others, too, and `-Dbench.opa=PROGRAM`");
        line("Open Policy Agent, `-Dbench.before=JAR` the command's start beside an older program: `java -jar` of the");
        line("runnable jar that `adapter-undertow/server` packs in commit 01a0c979^. Run it on an idle machine.\n");
        machine.forEach((what, value) -> line("- " + what + ": " + value));
        line("\n## Targets\n");
        Table.of("what", "measured", "figure", "target", "")
                .rows(targets.stream()
                        .map(t ->
                                List.of(t.what(), t.measured(), t.ratio(), t.target(), t.met() ? "met" : "**missed**"))
                        .toList())
                .appendTo(page);
        page.append(Misses.read().section(targets));
        new ParserSection(figures).appendTo(page);
        reviews();
        rules();
        playground();
        signatures();
        new ContentSection(figures).appendTo(page);
        servers();
        admission();
        handshakes();
        starts();
        RepositorySection.appendTo(page, figures.repositories());
        plot("containers", "Time of a review, by containers");
        plot("patterns", "Time to read an image and look it up, by patterns");
        plot("rules", "Time of a decision, by rules");
        scopes();
        plot("hostile", "Time to read hostile text, by its length");
        if (figures.has(ADMISSION + " 1024")) {
            plot("admission", "Time of an AdmissionReview, by its size");
        }
    }

    private void reviews() {
        line("\n## Reviews\n");
        line("The body that kube-apiserver sends for a pod of one container, and the default policy.\n");
        Map<String, String> names = new LinkedHashMap<>();
        names.put("ReviewBenchmark.webhookAllows", "Imagegate, bytes to decision bytes, allowed");
        names.put("ReviewBenchmark.webhookDenies", "Imagegate, bytes to decision bytes, denied with its reason");
        names.put("ReviewBenchmark.decode", "of these: decoding");
        names.put("ReviewBenchmark.decide", "of these: deciding, references parsed");
        names.put("ReviewBenchmark.databindRecords", "Jackson databind, records, no decision");
        names.put("ReviewBenchmark.databindBeans", "Jackson databind, beans, no decision");
        List<List<String>> rows = new ArrayList<>();
        names.forEach((key, name) -> rows.add(ParserSection.row(name, figures, key)));
        go("json", "Go encoding/json, Kubernetes' types, no decision", rows);
        go("review", "Go encoding/json and distribution/reference, decided", rows);
        Table.of("what", "ns", "±", "bytes allocated").rows(rows).appendTo(page);
    }

    private void rules() {
        line("\n## Rules\n");
        line(
                "One rule and one image, whose reference is parsed. dev.cel alone has its variables ready, no limit of cost and no finding.\n");
        Map<String, String> names = new LinkedHashMap<>();
        names.put("RuleBenchmark.semver", "`semver`");
        names.put("RuleBenchmark.version", "`version` with variants");
        names.put("RuleBenchmark.cel", "`cel`");
        names.put("RuleBenchmark.celAlone", "dev.cel alone, the same expression");
        table("rule", names);
    }

    private void playground() {
        line("\n## Playground\n");
        line("A policy of five rules and eight workloads of three images, in a process that runs.\n");
        Map<String, String> names = new LinkedHashMap<>();
        names.put("PlaygroundBenchmark.playground", "the playground's answer");
        names.put("PlaygroundBenchmark.check", "`check` of the same texts in files, its report as JSON in a file");
        table("what", names);
    }

    private void table(String what, Map<String, String> names) {
        Table.of(what, "ns", "±", "bytes allocated")
                .rows(names.entrySet().stream()
                        .map(name -> ParserSection.row(name.getValue(), figures, name.getKey()))
                        .toList())
                .appendTo(page);
    }

    private void scopes() {
        line("\n## Time of a decision, by scope\n");
        line("Each rule has a scope of one team, and one rule of all applies; without a scope all apply.\n");
        Table.of("scope of each rule", "10 rules, ns", "1,000 rules, ns")
                .rows(ScopeBenchmark.KINDS.stream()
                        .map(scope -> List.of(
                                scope,
                                Targets.text(figures.nanos("ScopeBenchmark.decide 10 " + scope)),
                                Targets.text(figures.nanos("ScopeBenchmark.decide 1000 " + scope))))
                        .toList())
                .appendTo(page);
    }

    private void go(String what, String name, List<List<String>> rows) {
        figures.go(what)
                .ifPresent(go -> rows.add(List.of(
                        name,
                        Targets.text(go.get("nanos").doubleValue()),
                        "",
                        Targets.text(go.get("bytes").doubleValue()))));
    }

    private void signatures() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("SignatureBenchmark.key corretto", "Imagegate with Corretto, a public key");
        names.put("SignatureBenchmark.keyless corretto", "Imagegate with Corretto, keyless");
        for (String java : figures.javas()) {
            String on = ", " + figures.javaOf(java);
            names.put("SignatureBenchmark.key jdk" + java, "Imagegate, a public key" + on);
            names.put("SignatureBenchmark.bareKey jdk" + java, "its bare verifications, the JDK's" + on);
            names.put(
                    "SignatureBenchmark.keyless jdk" + java,
                    "Imagegate, keyless: SCT, promise, proof and checkpoint" + on);
            names.put("SignatureBenchmark.bareKeyless jdk" + java, "its bare verifications, the JDK's" + on);
        }
        names.put("SignatureBenchmark.bareKey corretto", "Corretto's bare verifications for a public key");
        names.put("SignatureBenchmark.bareKeyless corretto", "Corretto's bare verifications for the keyless one");
        names.put("SignatureBenchmark.sigstoreJavaKeyless", "sigstore-java, keyless, the same bundle");
        names.keySet().removeIf(name -> !figures.has(name));
        if (!names.isEmpty()) {
            line("\n## Signatures\n");
            line("One bundle, from its bytes to a verdict. The keyless one has a certificate that was not seen before."
                    + " sigstore-java verifies no signature by a public key.\n");
            List<List<String>> rows = new ArrayList<>();
            names.forEach((key, name) -> rows.add(ParserSection.row(name, figures, key)));
            for (JsonNode go : figures.surveys().path("sigstoreGo")) {
                rows.add(List.of(
                        "sigstore-go, " + go.get("what").stringValue() + ", the same bundle",
                        Targets.text(go.get("nanos").doubleValue()),
                        "",
                        Targets.text(go.get("bytes").doubleValue())));
            }
            Table.of("what", "ns", "±", "bytes allocated").rows(rows).appendTo(page);
            line("\nIn a new process, without any archive of classes:\n");
            Table.of("what", "cryptography", "first, ns", "in the first second, ns")
                    .rows(figures.surveys()
                            .path("coldSignatures")
                            .valueStream()
                            .map(cold -> List.of(
                                    cold.get("what").stringValue(),
                                    cold.get("provider").stringValue(),
                                    Targets.text(cold.get("firstNanos").doubleValue()),
                                    Targets.text(cold.get("secondNanos").doubleValue())))
                            .toList())
                    .appendTo(page);
        }
    }

    private void servers() {
        line("\n## Servers\n");
        line(
                "TLS 1.3, 16 connections, one request at a time on each; h2load on the same machine. Medians of rounds taken");
        line(
                "in turns; the targets compare round by round. Each server's answers are checked before it is timed. Server and");
        line(
                "client share the processors, so the last column, processor time that a server spends on a review, tells them");
        line(
                "apart better than the requests a second, to which the client's time belongs as well. Imagegate starts as");
        line("its image does, on the second JDK if one was given; with an AOT cache if that is Java 25 or newer.");
        line(
                "The bare Undertow handler reads the body, too, and starts in the same way, with an AOT cache of its own.\n");
        warm(figures.warm());
    }

    private void admission() {
        line("\n## AdmissionReviews\n");
        line(
                "An AdmissionReview of a pod with two images, 2.5 kB long, in the same way. A denial writes a line of the log.\n");
        warm(figures.admission());
    }

    private void warm(List<JsonNode> measured) {
        Table.of("server", "protocol", "requests a second", "p50 µs", "p99 µs", "processor µs a review")
                .rows(measured.stream()
                        .map(row -> List.of(
                                row.get("server").stringValue(),
                                row.get("protocol").stringValue(),
                                Targets.text(Figures.median(row, "perSecond")),
                                Targets.text(Figures.median(row, "p50")),
                                Targets.text(Figures.median(row, "p99")),
                                Targets.text(Figures.median(row, "processorMicros"))))
                        .toList())
                .appendTo(page);
    }

    private void handshakes() {
        line("\n## Handshakes\n");
        line(
                "TLS 1.3, a new connection for each review, one after the other: processor time of the server. By default it");
        line("uses Amazon Corretto Crypto Provider, as its image does.\n");
        Table.of("server", "full handshake and a review µs", "resumed and a review µs", "one more review µs")
                .rows(figures.handshakes().stream()
                        .map(row -> List.of(
                                row.get("way").stringValue(),
                                Targets.text(row.get("fullMicros").doubleValue()),
                                Targets.text(row.get("resumedMicros").doubleValue()),
                                Targets.text(row.get("reviewMicros").doubleValue())))
                        .toList())
                .appendTo(page);
    }

    private void starts() {
        line("\n## Start and memory\n");
        line(
                "Standalone server, heap of 64 MiB; how: [OPERATIONS.md](../../adapter-undertow/cli/OPERATIONS.md). Median of");
        line(
                "fresh starts; then load over 16 connections of HTTP/1.1, HTTP/2 and HTTP/1.1 again, which is called warm.");
        line("The burst: 400 clients send 2,000 reviews over HTTP/2 to a process that has just begun to listen.\n");
        Table.of(
                        "started how",
                        "first review s",
                        "resident MiB",
                        "at most, loaded",
                        "12 s later",
                        "first reviews/s",
                        "warm reviews/s",
                        "burst answered",
                        "burst p99 s")
                .rows(figures.starts().stream()
                        .map(row -> List.of(
                                row.get("way").stringValue(),
                                Targets.text(row.get("firstReviewMillis").doubleValue() / 1e3),
                                Targets.text(row.get("idleMiB").doubleValue()),
                                Targets.text(row.get("peakMiB").doubleValue()),
                                Targets.text(row.get("settledMiB").doubleValue()),
                                Targets.text(row.get("perSecond").doubleValue()),
                                Targets.text(row.get("warmPerSecond").doubleValue()),
                                row.get("burst").get("answered").asString(),
                                Targets.text(row.get("burst").get("p99").doubleValue() / 1e6)))
                        .toList())
                .appendTo(page);
        line("\nResident memory right after that load, in MiB, by what Linux maps there:\n");
        Table.of(
                        "started how",
                        "archive or AOT cache",
                        "library of the provider",
                        "JVM and other libraries",
                        "heap, code, threads, allocations")
                .rows(figures.starts().stream()
                        .map(row -> Stream.concat(
                                        Stream.of(row.get("way").stringValue()),
                                        Stream.of("archive", "crypto", "libraries", "rest")
                                                .map(part -> Targets.text(row.get("memory")
                                                        .get(part)
                                                        .doubleValue())))
                                .toList())
                        .toList())
                .appendTo(page);
    }

    private void plot(String file, String title) {
        line("\n## " + title + "\n\n![" + title + "](" + file + ".svg)");
    }

    private void plots(Path folder) throws IOException {
        List<Plot.Series> containers = List.of(
                series("Imagegate", "ContainersBenchmark.webhook ", 1, 10, 100, 1_000),
                series("databind, no decision", "ContainersBenchmark.databindRecords ", 1, 10, 100, 1_000));
        save(folder, "containers", "containers", containers);
        save(
                folder,
                "patterns",
                "patterns",
                List.of(
                        series("the same images", "PatternBenchmark.sameImages ", 10, 100, 1_000, 10_000, 100_000),
                        series("images all over", "PatternBenchmark.spreadImages ", 10, 100, 1_000, 10_000, 100_000)));
        save(
                folder,
                "rules",
                "rules, each for one team's namespaces",
                List.of(series("decision", "PolicyBenchmark.decide ", 10, 100, 1_000)));
        save(folder, "hostile", "characters", hostile());
        if (figures.has(ADMISSION + " 1024")) {
            save(
                    folder,
                    "admission",
                    "bytes",
                    List.of(
                            series("AdmissionReview", ADMISSION + " ", 1 << 10, 1 << 13, 1 << 16, 1 << 20, 1 << 22),
                            series(
                                    "its tokens by jackson-core",
                                    "AdmissionBenchmark.tokens ",
                                    1 << 10,
                                    1 << 13,
                                    1 << 16,
                                    1 << 20,
                                    1 << 22)));
        }
    }

    private Plot.Series series(String name, String benchmark, double... parameters) {
        return new Plot.Series(
                name,
                DoubleStream.of(parameters)
                        .mapToObj(x -> new Plot.Point(x, figures.nanos(benchmark + (long) x)))
                        .toList());
    }

    private List<Plot.Series> hostile() {
        Map<String, List<Plot.Point>> lines = new LinkedHashMap<>();
        for (JsonNode point : figures.surveys().get("growth")) {
            lines.computeIfAbsent(point.get("text").stringValue(), text -> new ArrayList<>())
                    .add(new Plot.Point(
                            point.get("chars").doubleValue(), point.get("nanos").doubleValue()));
        }
        return lines.entrySet().stream()
                .map(line -> new Plot.Series(line.getKey(), line.getValue()))
                .toList();
    }

    private static void save(Path folder, String file, String xTitle, List<Plot.Series> series) throws IOException {
        Files.writeString(folder.resolve(file + ".svg"), Plot.svg(file, xTitle, "nanoseconds", series));
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
