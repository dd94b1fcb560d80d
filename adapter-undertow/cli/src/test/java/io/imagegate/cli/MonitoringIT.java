package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Names;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alert rules and dashboard ask for metrics that the built jar has, with labels that it gives them. */
class MonitoringIT {

    private static final String RULES = "components/monitoring/prometheusrule.yaml";
    private static final String DASHBOARD = "chart/files/grafana-dashboard.json";
    private static final String CLUSTERS = "chart/files/grafana-dashboard-clusters.json";
    private static final Pattern QUERY = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Where no registry listens. */
    private static final String DOWN = "127.0.0.1:1";

    private static final Pattern METRIC = Pattern.compile("\\b(?:imagegate|jvm|process)_[a-z_]+\\b");
    private static final Pattern SELECTOR = Pattern.compile("\\b((?:imagegate|jvm|process)_[a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)=~?\\\\?\"([^\"\\\\]*)\\\\?\"");
    private static final Pattern GROUPED = Pattern.compile("by \\(([a-z_, ]+)\\) \\(\\w*\\(?(imagegate_[a-z_]+)");

    /** Given by Prometheus when it scrapes, or by functions. */
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod", "cluster", "le");

    private static final Path ROOT = Path.of(
                    "../../policy-core/signature/src/test/resources/recorded/trust/trusted-root.json")
            .toAbsolutePath();

    @TempDir
    static Path certificates = Path.of("");

    private static String before = "";
    private static String exposed = "";

    @BeforeAll
    static void serveAndScrape() throws Exception {
        Program.makeCertificates(certificates);
        Path policy = Files.writeString(certificates.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: production}
                spec:
                  trust: {public: {file: "%s", confirmed: 2026-01-01}}
                  signers: {ci: {keyless: {trust: public, issuer: "https://issuer.example", identity: "ci@acme.example"}}}
                  rules:
                    - {name: fixed-tag, tag: {required: true}}
                    - {name: staged, enforce: warn, digest: {required: true}}
                    - {name: there, match: {images: ["**/asked"]}, image: {exists: true}}
                  breakGlass:
                    {annotation: ticket.image-policy.k8s.io/break-glass, value: "INC-*", namespaces: [default]}
                """.formatted(ROOT));
        try (TestRegistry registry = new TestRegistry();
                RunningJar server = RunningJar.serveManaged(
                        certificates,
                        "--policy",
                        policy.toString(),
                        "--registries",
                        registries(registry).toString(),
                        "--notify",
                        notifications().toString(),
                        "--client-ca",
                        certificates.resolve("ca.pem").toString())) {
            ReviewTester tester = ReviewTester.as("apiserver-client", certificates, Version.HTTP_2);
            review(tester, server, registry.host() + "/asked:1");
            before = scrape(server);
            review(tester, server, registry.host() + "/asked:2");
            Path wrong = Files.writeString(certificates.resolve("wrong.yaml"), "kind: ImagePolicy");
            Files.move(wrong, policy, StandardCopyOption.ATOMIC_MOVE);
            exposed = scrapeWith(server, "\nimagegate_policy_rejected_since_timestamp_seconds{");
        }
    }

    /** Scrapes until a sample is there. */
    private static String scrapeWith(RunningJar server, String sample) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(end)) {
            String scraped = scrape(server);
            if (scraped.contains(sample)) {
                return scraped;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no " + sample);
    }

    private static void review(ReviewTester tester, RunningJar server, String there) throws Exception {
        assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        tester.post(server, ReviewTester.review("nginx").replace("\"namespace\"", """
                "annotations":{"ticket.image-policy.k8s.io/break-glass":"INC-1"},"namespace\""""));
        tester.post(server, "{");
        assertThat(tester.ask(server, there)).isEqualTo("allowed");
        assertThat(tester.ask(server, there)).isEqualTo("allowed");
        assertThat(tester.ask(server, DOWN + "/asked:1")).isEqualTo("denied");
    }

    private static Path registries(TestRegistry registry) throws Exception {
        Path file = registry.file(certificates);
        String more = "}, {host: \"%s\", plainHttp: true}]}".formatted(DOWN);
        return Files.writeString(file, Files.readString(file).replace("}]}", more));
    }

    private static Path notifications() throws Exception {
        Files.writeString(certificates.resolve("webhook-secret"), "whsec_" + "a".repeat(40));
        return Files.writeString(certificates.resolve("notifications.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: Notifications
                spec: {endpoints: [{url: "https://%s/", secret: {file: webhook-secret}}]}
                """.formatted(DOWN));
    }

    private static String scrape(RunningJar server) throws Exception {
        String answer = server.manage("/metrics");
        assertThat(answer).startsWith("200 #");
        return answer.substring("200 ".length());
    }

    @ParameterizedTest
    @CsvSource({RULES + ", 4", DASHBOARD + ", 25", CLUSTERS + ", 7"})
    void theMetricsAreExposed(String file, int atLeast) throws Exception {
        Set<String> used = new TreeSet<>();
        METRIC.matcher(read(file)).results().map(MatchResult::group).forEach(used::add);

        assertThat(used).hasSizeGreaterThanOrEqualTo(atLeast).allMatch(MonitoringIT::isExposed);
    }

    @ParameterizedTest
    @ValueSource(strings = {RULES, DASHBOARD, CLUSTERS})
    void theLabelsAreExposed(String file) throws Exception {
        String text = read(file);
        for (Matcher selector = SELECTOR.matcher(text); selector.find(); ) {
            for (Matcher label = MATCHER.matcher(selector.group(2)); label.find(); ) {
                if (!OF_THE_TARGET.contains(label.group(1))) {
                    for (String value : label.group(2).split("\\|", -1)) {
                        assertLine(selector.group(1), label.group(1) + "=\"" + value + "\"");
                    }
                }
            }
        }
        for (Matcher grouped = GROUPED.matcher(text); grouped.find(); ) {
            for (String label : List.of(grouped.group(1).split(", ", -1))) {
                if (!OF_THE_TARGET.contains(label)) {
                    assertLine(grouped.group(2), label + "=\"");
                }
            }
        }
    }

    @Test
    void eachQueryOfTheDashboardReturnsASample() throws Exception {
        List<String> queries = QUERY.matcher(read(DASHBOARD) + read(CLUSTERS))
                .results()
                .map(query -> query.group(1).replace("\\\"", "\"").replace("$namespace", "imagegate"))
                .map(query -> query.replace("$__rate_interval", "5m").replace("$cluster", "east"))
                .toList();
        assertThat(queries).hasSizeGreaterThan(30).allMatch(query -> query.contains("namespace=~\"imagegate\""));
        RecordedScrapes scrapes = new RecordedScrapes(List.of(before, exposed));
        Program.Result evaluated = scrapes.evaluate(certificates, queries);
        assertThat(evaluated.status()).as(evaluated.toString()).isZero();

        Program.Result renamed = scrapes.evaluate(
                certificates, List.of(queries.get(0).replace("imagegate_ready", "imagegate_readiness")));
        assertThat(renamed.status()).isOne();
        assertThat(renamed.toString()).contains("imagegate_readiness", "got:");
    }

    @Test
    void whatNobodyCouldDecideIsCountedApart() {
        assertThat(exposed)
                .contains("imagegate_review_failures_total{kind=\"malformed\",policy_set=\"default\"} 2.0")
                .contains("imagegate_review_failures_total{kind=\"too_large\",policy_set=\"default\"} 0.0")
                .contains("imagegate_reviews_total{outcome=\"denied\",policy_set=\"default\"} 4.0");
    }

    @Test
    void theOperationsPageNamesEveryMetric() throws Exception {
        String page = Program.read(Path.of("OPERATIONS.md"));

        assertThat(exposed.lines().filter(line -> line.startsWith("# TYPE imagegate_")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(page).contains("`" + line.split(" ", 4)[2]));
    }

    @Test
    void theNamesAreListed() throws Exception {
        Names.FILE.compare(
                "metric ",
                exposed.lines()
                        .filter(line -> line.startsWith("# TYPE imagegate_"))
                        .map(line -> line.split(" ", 4))
                        .map(type -> "metric " + type[2] + labels(type[2]) + " " + type[3])
                        .sorted()
                        .toList());
    }

    /** The labels of a metric, which all its samples have. */
    private static String labels(String metric) {
        Set<String> labels = new TreeSet<>();
        Pattern.compile("(?m)^" + metric + "(?:_bucket)?\\{(.*)} ")
                .matcher(exposed)
                .results()
                .forEach(sample -> Pattern.compile("(\\w+)=\"")
                        .matcher(sample.group(1))
                        .results()
                        .forEach(label -> labels.add(label.group(1))));
        labels.remove("le");
        return labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}";
    }

    @Test
    void whatIsNotExposedWouldBeSeen() {
        assertThat(isExposed("imagegate_ready")).isTrue();
        assertThat(isExposed("imagegate_read")).isFalse();
        assertThat(isExposed("imagegate_readys")).isFalse();
    }

    private static boolean isExposed(String metric) {
        return exposed.lines().anyMatch(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"));
    }

    private static void assertLine(String metric, String label) {
        assertThat(exposed.lines())
                .as(metric + " with " + label)
                .anyMatch(line -> line.startsWith(metric + "{") && line.contains(label));
    }

    private static String read(String file) throws Exception {
        return Program.read(Path.of(Program.setting("imagegate.monitoring")).resolve(file));
    }
}
