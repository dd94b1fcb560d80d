package io.imagegate.bench.server;

import io.imagegate.bench.server.Load.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The part of the page about what images are beyond their names: facts from registries, and what their signatures cost. */
final class ContentSection {

    private static final String CACHED = "FactsBenchmark.cachedSignature";
    private static final String NAMES = "FactsBenchmark.names";

    private final Figures figures;

    ContentSection(Figures figures) {
        this.figures = figures;
    }

    /** {@return the targets, and what came of each} */
    List<Targets.Row> targets() {
        List<Targets.Row> rows = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            double[] signed = figures.cachedFacts(CachedFacts.SIGNED, protocol, "processorMicros");
            double[] names = figures.cachedFacts(CachedFacts.NAMES, protocol, "processorMicros");
            double[] ratios = new double[signed.length];
            Arrays.setAll(ratios, i -> signed[i] / names[i]);
            rows.add(row(
                    "server, " + protocol.title() + ", processor time: signed image, facts cached : by names",
                    Figures.median(signed),
                    Figures.median(names),
                    Figures.median(ratios),
                    " µs",
                    1.3));
        }
        signatures(rows);
        JsonNode cold = figures.surveys().get("coldDecisions");
        rows.add(atMost(
                "decision on a new signed image : its requests by a bare java.net.http client",
                cold.get("coldMicros").doubleValue(),
                cold.get("bareMicros").doubleValue(),
                " µs",
                1.3));
        double best = cold.get("bestSeconds").doubleValue();
        double seconds = cold.get("seconds").doubleValue();
        rows.add(new Targets.Row(
                cold.get("images").asString() + " new signed images : what 64 flights can give",
                Targets.text(best) + " : " + Targets.text(seconds) + " s",
                Targets.text(best / seconds),
                "at least 0.90",
                best / seconds >= 0.9));
        return rows;
    }

    private void signatures(List<Targets.Row> rows) {
        for (JsonNode go : figures.surveys().path("sigstoreGo")) {
            boolean key = go.get("what").stringValue().equals("key");
            String name = "SignatureBenchmark." + (key ? "key " : "keyless ");
            String what = key ? "a public key" : "keyless";
            double nanos = go.get("nanos").doubleValue();
            rows.add(atMost(
                    what + ", Corretto : sigstore-go",
                    figures.nanos(name + "corretto"),
                    nanos,
                    " ns",
                    key ? 0.64 : 0.3));
            rows.add(atMost(
                    what + ", the JDK's cryptography, allocated : sigstore-go",
                    figures.bytes(name + "jdk"),
                    go.get("bytes").doubleValue(),
                    " B",
                    1));
        }
        for (String java : figures.javas()) {
            Stream.of("key", "keyless")
                    .filter(what -> figures.has(bare(what) + java))
                    .forEach(what -> {
                        rows.add(atMost(
                                (what.equals("key") ? "a public key" : what)
                                        + " : its bare verifications, the JDK's cryptography, " + figures.javaOf(java),
                                figures.nanos("SignatureBenchmark." + what + " jdk" + java),
                                figures.nanos(bare(what) + java),
                                " ns",
                                what.equals("key") ? 1.2 : 1.15));
                    });
        }
    }

    private static String bare(String what) {
        return "SignatureBenchmark." + (what.equals("key") ? "bareKey" : "bareKeyless") + " jdk";
    }

    private static Targets.Row atMost(String what, double one, double other, String unit, double limit) {
        return row(what, one, other, one / other, unit, limit);
    }

    private static Targets.Row row(String what, double one, double other, double ratio, String unit, double limit) {
        return new Targets.Row(
                what,
                Targets.text(one) + " : " + Targets.text(other) + unit,
                Targets.text(ratio),
                "at most " + Targets.text(limit),
                ratio <= limit);
    }

    void appendTo(StringBuilder page) {
        page.append("""

                ## Facts from registries

                A review of a signed image by its digest, whose signature was verified before, and of the same body by a policy on names:
                in this process, and over the server as its image starts, 16 connections, in turns.

                """);
        List<List<String>> core = List.of(
                ParserSection.row("in the process, facts cached", figures, CACHED),
                ParserSection.row("in the process, by names", figures, NAMES));
        Table.of("review", "ns", "±", "bytes allocated").rows(core).appendTo(page);
        page.append('\n');
        Table.of("review", "protocol", "requests a second", "p99 µs", "processor µs a review")
                .rows(figures.cachedFacts().stream()
                        .map(row -> List.of(
                                row.get("server").stringValue(),
                                row.get("protocol").stringValue(),
                                Targets.text(Figures.median(row, "perSecond")),
                                Targets.text(Figures.median(row, "p99")),
                                Targets.text(Figures.median(row, "processorMicros"))))
                        .toList())
                .appendTo(page);
        JsonNode cold = figures.surveys().get("coldDecisions");
        page.append("""

                Decisions on images that were never seen, with a signature by a key each, in a registry on loopback, with Corretto. One after
                the other, beside a bare client that sends the same requests in three round trips: for the tag; for the tag of signatures and
                both lists of referrers, side by side; for the payload. Then many at once from a registry that answers after 20 ms: %s flights
                can answer that many requests at best. The heap is what is in use after a collection, before and after; answers may take 20 MiB.

                """.formatted(64));
        Table.of("what", "measured")
                .rows(List.of(
                        List.of(
                                "a decision, µs",
                                Targets.text(cold.get("coldMicros").doubleValue())),
                        List.of(
                                "its requests, µs",
                                Targets.text(cold.get("bareMicros").doubleValue())),
                        List.of("new images", cold.get("images").asString()),
                        List.of(
                                "decided in, s",
                                Targets.text(cold.get("seconds").doubleValue())),
                        List.of(
                                "at best, s",
                                Targets.text(cold.get("bestSeconds").doubleValue())),
                        List.of("heap before, MiB", mebibytes(cold.get("heapBefore"))),
                        List.of("heap after, MiB", mebibytes(cold.get("heapAfter")))))
                .appendTo(page);
    }

    private static String mebibytes(JsonNode bytes) {
        return Targets.text(bytes.doubleValue() / (1 << 20));
    }
}
