package io.imagegate.bench.server;

import io.imagegate.bench.server.Load.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The targets, and what came of each. */
final class Targets {

    /**
     * A target.
     *
     * @param what what is compared with what
     * @param measured the figures
     * @param ratio the figure to be judged
     * @param target the target in words
     * @param met whether it was reached
     */
    record Row(String what, String measured, String ratio, String target, boolean met) {}

    private static final Map<String, String> PARSERS = Map.of(
            "jib", "jib-core",
            "springBoot", "Spring Boot buildpack",
            "testcontainers", "Testcontainers",
            "oras", "oras-java-sdk");

    private final Figures figures;
    private final List<Row> rows = new ArrayList<>();

    private Targets(Figures figures) {
        this.figures = figures;
    }

    static List<Row> of(Figures figures) {
        Targets targets = new Targets(figures);
        targets.parser();
        targets.review();
        targets.growth();
        targets.server(Protocol.HTTP_1, 1.2);
        targets.server(Protocol.HTTP_2, 1.8);
        targets.cold();
        return targets.rows;
    }

    private void parser() {
        String ours = "ParseBenchmark.imagegate";
        double parse = figures.nanos(ours);
        atMost("parse : look up every character", parse, figures.nanos("ParseBenchmark.everyCharacter"), 2.5);
        go("parse").ifPresent(go -> atLeast("distribution/reference (Go) : parse", go, parse, 40));
        PARSERS.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(peer -> {
            double theirs = figures.nanos("ParseBenchmark." + peer.getKey());
            atLeast(peer.getValue() + " : parse", theirs, parse, 10);
        });
        double bytes = figures.bytes(ours);
        rows.add(new Row("parse allocates", text(bytes) + " B", text(bytes), "at most 48 B", bytes <= 48.5));
        atMost("refuse a bad reference : accept one", figures.nanos("ParseBenchmark.imagegateRefuses"), parse, 2);
    }

    private Optional<Double> go(String what) {
        return figures.go(what).map(figure -> figure.get("nanos").doubleValue());
    }

    private void review() {
        double review = figures.nanos("ReviewBenchmark.webhookAllows");
        limit("review of one container", review, 1_600);
        atMost("review : databind records alone", review, figures.nanos("ReviewBenchmark.databindRecords"), 1);
        atMost("review : databind beans alone", review, figures.nanos("ReviewBenchmark.databindBeans"), 1);
        go("json").ifPresent(go -> atMost("review : Go encoding/json alone", review, go, 1));
        limit("review of 100 containers", figures.nanos("ContainersBenchmark.webhook 100"), 20_000);
    }

    private void growth() {
        atMost(
                "10,000 patterns : 10, an image",
                figures.nanos("PatternBenchmark.matches 10000"),
                figures.nanos("PatternBenchmark.matches 10"),
                1.3);
        atMost(
                "1,000 rules for namespaces : 10, a decision",
                figures.nanos("PolicyBenchmark.decide 1000"),
                figures.nanos("PolicyBenchmark.decide 10"),
                2);
        if (figures.has(Page.ADMISSION + " 1048576")) {
            double rate = (1 << 20) * 1e3 / figures.nanos(Page.ADMISSION + " 1048576");
            rows.add(new Row(
                    "AdmissionReview of 1 MiB", text(rate) + " MB/s", text(rate), "at least 400 MB/s", rate >= 400));
            double small = figures.bytes(Page.ADMISSION + " 65536");
            double large = figures.bytes(Page.ADMISSION + " 4194304");
            rows.add(new Row(
                    "allocated for 4 MiB : for 64 KiB",
                    text(large) + " : " + text(small) + " B",
                    text(large / small),
                    "independent of what is skipped",
                    large <= small * 1.1 + 64));
        }
    }

    private void server(Protocol protocol, double overGo) {
        @Nullable JsonNode ours = figures.warm(Contestants.IMAGEGATE, protocol);
        @Nullable JsonNode bare = figures.warm(Contestants.CONSTANT, protocol);
        @Nullable JsonNode go = figures.warm(Contestants.GO, protocol);
        if (ours == null || bare == null) {
            return;
        }
        String server = "server, " + protocol.title() + ": ";
        ratio(server + "requests a second : bare Undertow", rate(ours), rate(bare), "/s", 0.9, true);
        ratio(server + "p99 : bare Undertow", p99(ours), p99(bare), " µs", 1.2, false);
        if (go != null) {
            ratio(server + "requests a second : Go webhook", rate(ours), rate(go), "/s", overGo, true);
        }
    }

    private static double rate(JsonNode row) {
        return row.get("perSecond").doubleValue();
    }

    private static double p99(JsonNode row) {
        return row.get("p99").doubleValue();
    }

    private void cold() {
        JsonNode cold = figures.cold();
        double first = cold.get("firstReviewMillis").doubleValue() / 1e3;
        rows.add(new Row(
                "process start to first review", text(first) + " s", text(first), "at most 0.7 s", first <= 0.7));
        @Nullable JsonNode warm = figures.warm(Contestants.IMAGEGATE, Protocol.HTTP_1);
        if (warm != null) {
            String what = "first " + cold.get("seconds").asString() + " s of load : warm, requests a second";
            ratio(what, cold.get("perSecond").doubleValue(), rate(warm), "/s", 0.7, true);
        }
    }

    private void limit(String what, double nanos, double limit) {
        rows.add(new Row(what, text(nanos) + " ns", text(nanos), "at most " + text(limit) + " ns", nanos <= limit));
    }

    private void atMost(String what, double one, double other, double limit) {
        ratio(what, one, other, " ns", limit, false);
    }

    private void atLeast(String what, double one, double other, double limit) {
        ratio(what, one, other, " ns", limit, true);
    }

    private void ratio(String what, double one, double other, String unit, double limit, boolean atLeast) {
        double ratio = one / other;
        rows.add(new Row(
                what,
                text(one) + " : " + text(other) + unit,
                text(ratio),
                (atLeast ? "at least " : "at most ") + text(limit),
                atLeast ? ratio >= limit : ratio <= limit));
    }

    /** {@return a number with about three digits that count} */
    static String text(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
