package io.imagegate.bench.server;

import io.imagegate.bench.ScopeBenchmark;
import io.imagegate.bench.server.Load.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The targets, and what came of each. */
final class Targets {

    /**
     * A target.
     *
     * @param what what is compared with what
     * @param measured the figures
     * @param ratio the figure to be compared
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
        targets.rules();
        targets.growth();
        targets.server(Protocol.HTTP_1, 1.4);
        targets.server(Protocol.HTTP_2, 2.4);
        targets.start();
        targets.rows.addAll(new ContentSection(figures).targets());
        figures.repositories().forEach(targets::repository);
        figures.lists().forEach(targets::list);
        targets.rows.addAll(figures.shortCommand().targets());
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
        atMost("review : databind records alone", review, figures.nanos("ReviewBenchmark.databindRecords"), 1);
        atMost("review : databind beans alone", review, figures.nanos("ReviewBenchmark.databindBeans"), 0.9);
        go("json").ifPresent(go -> atMost("review : Go encoding/json alone", review, go, 1));
        atMost(
                "review of 100 containers : databind records alone",
                figures.nanos("ContainersBenchmark.webhook 100"),
                figures.nanos("ContainersBenchmark.databindRecords 100"),
                0.75);
        String denial = "ReviewBenchmark.webhookDenies";
        atMost("a denial with its reason : an allowance", figures.nanos(denial), review, 2);
        double bytes = figures.bytes(denial);
        rows.add(new Row(
                "a denial with its reason allocates",
                text(bytes) + " B",
                text(bytes),
                "at most 2,500 B",
                bytes <= 2_500));
    }

    private void rules() {
        atMost(
                "rule version : rule semver",
                figures.nanos("RuleBenchmark.version"),
                figures.nanos("RuleBenchmark.semver"),
                1.5);
        atMost(
                "rule cel : dev.cel alone",
                figures.nanos("RuleBenchmark.cel"),
                figures.nanos("RuleBenchmark.celAlone"),
                1.5);
        atMost(
                "playground : check of the same texts",
                figures.nanos("PlaygroundBenchmark.playground"),
                figures.nanos("PlaygroundBenchmark.check"),
                1.5);
    }

    private void growth() {
        atMost(
                "10,000 patterns : 10, the same images",
                figures.nanos("PatternBenchmark.sameImages 10000"),
                figures.nanos("PatternBenchmark.sameImages 10"),
                1.3);
        atMost(
                "1,000 rules for namespaces : 10, a decision",
                figures.nanos("PolicyBenchmark.decide 1000"),
                figures.nanos("PolicyBenchmark.decide 10"),
                2);
        ScopeBenchmark.KINDS.stream()
                .filter(scope -> !scope.equals("none") && !scope.equals("namespaces"))
                .forEach(scope -> atMost(
                        "1,000 rules, scope " + scope + " : 10, a decision",
                        figures.nanos("ScopeBenchmark.decide 1000 " + scope),
                        figures.nanos("ScopeBenchmark.decide 10 " + scope),
                        2));
        if (figures.has(Page.ADMISSION + " 1048576")) {
            atMost(
                    "AdmissionReview of 1 MiB : its tokens by jackson-core",
                    figures.nanos(Page.ADMISSION + " 1048576"),
                    figures.nanos("AdmissionBenchmark.tokens 1048576"),
                    1);
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
        admission(protocol, Admission.ALLOWED, BareUndertow.NAME, 1.25);
        admission(protocol, Admission.DENIED, BareUndertow.NAME, 1.6);
        admission(protocol, Admission.ALLOWED, Admission.OPA_ALLOWED, 0.1);
        admission(protocol, Admission.DENIED, Admission.OPA_DENIED, 0.1);
        admission(protocol, Admission.COLD, Admission.OPA_COLD, 0.5);
        perProcessorSecond(protocol, BareUndertow.NAME, 0.9);
        rounds(protocol, "p99", BareUndertow.NAME, 1.2);
        perProcessorSecond(protocol, Contestants.GO, overGo);
        rounds(protocol, "processorMicros", Nginx.NAME, 2.5);
    }

    private void admission(Protocol protocol, String which, String peer, double limit) {
        compare(
                "AdmissionReview of 2.5 kB, " + protocol.title() + ", processor time : " + peer + "; " + which,
                Figures.rounds(figures.admission(), which, protocol, "processorMicros"),
                Figures.rounds(figures.admission(), peer, protocol, "processorMicros"),
                limit);
    }

    private void rounds(Protocol protocol, String figure, String peer, double limit) {
        compare(
                "server, " + protocol.title() + ", " + title(figure) + " : " + peer,
                figures.rounds(Imagegate.NAME, protocol, figure),
                figures.rounds(peer, protocol, figure),
                limit);
    }

    /** Compares round by round, and takes the median: what the machine does meanwhile hits both sides of a round alike. */
    private void compare(String what, double[] ours, double[] theirs, double limit) {
        if (theirs.length > 0) {
            String measured = text(Figures.median(ours)) + " : " + text(Figures.median(theirs)) + " µs";
            row(what, measured, Figures.median(ratios(ours, theirs)), limit, false);
        }
    }

    static double[] ratios(double[] dividends, double[] divisors) {
        double[] ratios = new double[dividends.length];
        Arrays.setAll(ratios, i -> dividends[i] / divisors[i]);
        return ratios;
    }

    private void perProcessorSecond(Protocol protocol, String peer, double limit) {
        double[] ours = figures.rounds(Imagegate.NAME, protocol, "processorMicros");
        double[] theirs = figures.rounds(peer, protocol, "processorMicros");
        if (theirs.length > 0) {
            row(
                    "server, " + protocol.title() + ", reviews a processor second : " + peer,
                    text(1e6 / Figures.median(ours)) + " : " + text(1e6 / Figures.median(theirs)),
                    Figures.median(ratios(theirs, ours)),
                    limit,
                    true);
        }
    }

    private static String title(String figure) {
        return figure.equals("processorMicros") ? "processor time of a review" : figure;
    }

    /** Of the image's way to start, flags and archive, which is the last; on the second JDK if there is one. */
    private void start() {
        List<JsonNode> starts = figures.starts();
        JsonNode start = starts.get(starts.size() - 1);
        ratio(
                "as the image starts: process start to first review : " + BareUndertow.NAME,
                start.get("firstReviewMillis").doubleValue() / 1e3,
                starts.get(0).get("firstReviewMillis").doubleValue() / 1e3,
                " s",
                1.5,
                false);
        ratio(
                "as the image starts: first " + start.get("seconds").asString() + " s of load : warm",
                start.get("perSecond").doubleValue(),
                start.get("warmPerSecond").doubleValue(),
                "/s",
                0.7,
                true);
        double peak = start.get("peakMiB").doubleValue();
        rows.add(new Row(
                "as the image starts: most resident memory, 16 connections under load",
                text(peak) + " MiB",
                text(peak),
                "at most 128 MiB",
                peak <= 128));
    }

    private void repository(RepositoryBenchmark.Result result) {
        ratio(
                "check, processor time : kubectl kustomize and helm template, " + result.repository(),
                result.check().seconds(),
                result.others().seconds(),
                " s",
                0.2,
                false);
    }

    private void list(ListMemory.Result result) {
        ratio(
                "check of a list of 20,000 workloads, memory with " + ListMemory.HEAP + ": YAML : JSON",
                result.yaml(),
                result.json(),
                " MiB",
                1.5,
                false);
    }

    private void atMost(String what, double one, double other, double limit) {
        ratio(what, one, other, " ns", limit, false);
    }

    private void atLeast(String what, double one, double other, double limit) {
        ratio(what, one, other, " ns", limit, true);
    }

    private void ratio(String what, double one, double other, String unit, double limit, boolean atLeast) {
        row(what, text(one) + " : " + text(other) + unit, one / other, limit, atLeast);
    }

    private void row(String what, String measured, double ratio, double limit, boolean atLeast) {
        String target = (atLeast ? "at least " : "at most ") + text(limit);
        rows.add(new Row(what, measured, text(ratio), target, atLeast ? ratio >= limit : ratio <= limit));
    }

    /** {@return a number with about three digits that count} */
    static String text(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
